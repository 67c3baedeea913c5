// Changing a person's details while somebody else does, adding and removing alerts, adding a person.
import assert from 'node:assert/strict'

import { bringIn, PLANTED, select, TENANT, uuidOf } from './home_landlord.mjs'
import { serverTests } from './support.mjs'

/** The uuid of a person of the demo landlord. */
function somebody(server, where) {
  const [[found]] = select(server, `SELECT hex(p.uuid) FROM person p WHERE ${where} ORDER BY p.id LIMIT 1`)
  return uuidOf(found.toLowerCase())
}

const main = (visitor) => visitor.page.locator('main')
const field = (visitor, name) => main(visitor).locator(`[name="${name}"]`)

serverTests({}, ({ everywhere, once, server }) => {
  let brought
  const landlord = () => (brought ??= bringIn(server()))

  everywhere('details are changed, planted scripts and apostrophes among them', 'officer', async (visitor, running) => {
    const person = somebody(running, `p.property_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.person_id = p.id)`)
    await visitor.goto(`/people/${person}`)
    await visitor.follow(() => main(visitor).getByRole('button', { name: 'Change details' }).click())
    await field(visitor, 'last_name').fill('')
    await field(visitor, 'email').fill('nobody')
    for (const [part, value] of [['day', '1'], ['month', '1'], ['year', '2999']]) await field(visitor, `date_of_birth.${part}`).fill(value)
    await visitor.press('Save changes')
    assert.match(await visitor.page.title(), /^Error: /)
    assert.match(await visitor.text(), /Enter the last name[\s\S]*must not be in the future[\s\S]*name@example.com/)
    const texts = ['title', 'first_name', 'relationship', 'extended_relationship', 'telephone_1', 'telephone_2', 'telephone_3', 'letters.line_1', 'letters.line_2',
      'letters.line_3', 'letters.city', 'letters.postcode', 'kin.name', 'kin.relationship', 'kin.mobile', 'kin.other_phone', 'kin.address']
    for (const name of texts) await field(visitor, name).fill(`${PLANTED} ${name}`)
    await field(visitor, 'last_name').fill("O'Neill-D'Arcy")
    await field(visitor, 'email').fill("o'neill@example.org")
    await field(visitor, 'kin.email').fill('kin@example.org')
    for (const [part, value] of [['day', '29'], ['month', '2'], ['year', '1980']]) await field(visitor, `date_of_birth.${part}`).fill(value)
    await field(visitor, 'disabled').selectOption('no')
    await main(visitor).getByRole('radio', { name: 'Yes' }).first().check()
    await visitor.press('Save changes')
    const text = await visitor.text()
    assert.match(text, /The changes are saved/)
    for (const name of texts) assert.ok(text.includes(`${PLANTED} ${name}`), name)
    assert.match(text, /O'Neill-D'Arcy/)
    assert.match(text, /29 February 1980/)
    // Letters go home again once no address of their own is left; who was named as next of kin can be taken away.
    await visitor.goto(`/people/${person}/edit`)
    for (const name of texts.filter((one) => one.startsWith('letters') || one.startsWith('kin'))) await field(visitor, name).fill('')
    await field(visitor, 'kin.email').fill('')
    await visitor.press('Save changes')
    assert.match(await visitor.text(), /Letters go to\s+Their home[\s\S]*Nobody is named/)
  })

  for (const [at, takes, run] of [['mine', 'what was entered here', everywhere], ['now', 'what somebody else entered', once]]) {
    run(`two officers change the same record: both versions are shown, and ${takes} is taken`, 'officer', async (visitor, running) => {
      const person = somebody(running, 'p.property_id IS NOT NULL AND p.id % 2 = 0')
      await visitor.goto(`/people/${person}/edit`)
      await field(visitor, 'telephone_1').fill('01632 960000')
      await field(visitor, 'telephone_2').fill('')
      await visitor.press('Save changes')
      const other = await visitor.other()
      await other.enter('manager')
      for (const one of [visitor, other]) await one.goto(`/people/${person}/edit`)
      await field(other, 'telephone_1').fill("01632 960001 <script>alert(1)</script>")
      await field(other, 'relationship').fill(`Cousin ${Date.now()}`)
      await other.press('Save changes')
      assert.match(await other.text(), /The changes are saved/)
      await field(visitor, 'telephone_1').fill('01632 960002')
      await field(visitor, 'telephone_2').fill('01632 960003')
      await visitor.press('Save changes')
      const text = await visitor.text()
      assert.match(text, /Somebody else changed this record/)
      assert.match(text, /When you opened the page: 01632 960000/)
      assert.match(text, /What you entered: 01632 960002[\s\S]*What somebody else entered: 01632 960001 <script>/)
      assert.match(text, /Relationship to the tenant\s+Cousin/)
      assert.match(text, /Second telephone\s+01632 960003/)
      await visitor.press('Save')
      assert.match(await visitor.text(), /Choose which telephone is right/)
      await main(visitor).getByRole('radio', { name: at === 'mine' ? 'What you entered' : 'What somebody else entered' }).check()
      await visitor.press('Save')
      const stored = await visitor.text()
      assert.match(stored, /The changes are saved/)
      assert.ok(stored.includes(at === 'mine' ? '01632 960002' : '01632 960001 <script>'))
      assert.match(stored, /01632 960003/)
      assert.match(stored, /Cousin/)
      await other.close()
    })
  }

  once('two officers change different details of a record: both are kept', 'officer', async (visitor, running) => {
    const person = somebody(running, 'p.property_id IS NOT NULL AND p.id % 3 = 0')
    const other = await visitor.other()
    await other.enter('manager')
    for (const one of [visitor, other]) await one.goto(`/people/${person}/edit`)
    await field(other, 'telephone_1').fill('01632 960010')
    await other.press('Save changes')
    await field(visitor, 'kin.name').fill("Kim O'Kin")
    await visitor.press('Save changes')
    assert.match(await visitor.text(), /Somebody else changed other details meanwhile[\s\S]*01632 960010[\s\S]*Kim O'Kin/)
    await other.close()
  })

  everywhere('alerts are added and removed, and the home is marked while there are any', 'officer', async (visitor, running) => {
    const person = somebody(running, `p.property_id IS NOT NULL AND p.cautionary_alert = 0 AND p.property_cautionary_alert = 0
      AND (SELECT count(*) FROM person o WHERE o.property_id = p.property_id) > 1`)
    const [[home]] = select(running, `SELECT hex(h.uuid) FROM person p JOIN property h ON h.id = p.property_id WHERE hex(p.uuid) = '${person.replaceAll('-', '').toUpperCase()}'`)
    const homePage = `/homes/${uuidOf(home.toLowerCase())}`
    const marks = () => select(running, `SELECT sum(o.property_cautionary_alert), sum(o.cautionary_alert), count(*) FROM person p JOIN person o ON o.property_id = p.property_id
      WHERE hex(p.uuid) = '${person.replaceAll('-', '').toUpperCase()}'`)[0]
    await visitor.goto(`/people/${person}`)
    assert.match(await visitor.text(), /No alerts are recorded/)
    await visitor.follow(() => main(visitor).getByRole('button', { name: 'Add or remove alerts' }).click())
    await visitor.press('Add alerts')
    assert.match(await visitor.text(), /Choose what officers are to be warned of/)
    const boxes = main(visitor).getByRole('checkbox')
    const labels = [await main(visitor).locator('.govuk-checkboxes__label').nth(0).innerText(), await main(visitor).locator('.govuk-checkboxes__label').nth(1).innerText()]
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await visitor.press('Add alerts')
    for (const label of labels) assert.ok((await visitor.text()).includes(label), label)
    const [homeMarks, own, people] = marks()
    assert.deepEqual([homeMarks, own], [people, 1])
    await visitor.goto(homePage)
    assert.match(await visitor.text(), /Alerts at this address/)
    // Only one alert goes: the warning stays.
    await visitor.goto(`/people/${person}/alerts`)
    await visitor.click('Remove')
    assert.match(await visitor.text(), /1 other alert about this person/)
    await visitor.press('Remove the alert')
    assert.match(await visitor.text(), /Choose whether officers are still to be warned/)
    await main(visitor).getByRole('radio', { name: 'Yes' }).check()
    await visitor.press('Remove the alert')
    assert.match(await visitor.text(), /The alert is removed/)
    assert.equal(marks()[1], 1)
    await visitor.goto(`/people/${person}/alerts`)
    await visitor.click('Remove')
    await main(visitor).getByRole('radio', { name: 'No' }).check()
    await visitor.press('Remove the alert')
    assert.match(await visitor.text(), /No alerts are recorded/)
    assert.deepEqual(marks().slice(0, 2), [0, 0])
    await visitor.goto(homePage)
    assert.match(await visitor.text(), /No alerts are recorded for this address/)
  })

  everywhere('a person is added after a look at who may be the same', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto('/people/new')
    await field(visitor, 'first_name').fill(PLANTED)
    await field(visitor, 'last_name').fill("O'Brien")
    await field(visitor, 'telephone_1').fill('07700900001')
    await field(visitor, 'uprn').fill('123')
    await visitor.press('Continue')
    assert.match(await visitor.text(), /No home has this UPRN/)
    await field(visitor, 'uprn').fill('99900000001')
    await visitor.press('Continue')
    assert.equal(await main(visitor).locator(`a[href="/people/${TENANT}"]`).count(), 1)
    assert.match(await visitor.text(), /same name/)
    await visitor.press('Change what I entered')
    assert.equal(await field(visitor, 'last_name').inputValue(), "O'Brien")
    await field(visitor, 'last_name').fill(`New${visitor.variant.name.replace(/\W/g, '')}`)
    await field(visitor, 'first_name').fill('Zo')
    await field(visitor, 'telephone_1').fill('')
    await visitor.press('Continue')
    assert.match(await visitor.text(), /Nobody in the register has the same/)
    await visitor.press('Add this person')
    assert.match(await visitor.text(), /The person is added[\s\S]*O'Hara/)
  })
})
