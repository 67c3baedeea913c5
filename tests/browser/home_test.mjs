// A home: the check before a visit, who lives there now and on a day, its tenancies, open work and past.
import assert from 'node:assert/strict'

import { bringIn, EMPTY, HOME, MEMBER, MOVED_OUT, PLANTED, select, TENANCY, TENANT, uuidOf, without } from './home_landlord.mjs'
import { serverTests } from './support.mjs'

const DAY = { month: 'long', year: 'numeric', day: 'numeric', timeZone: 'Europe/London' }
const today = () => new Date().toLocaleDateString('en-GB', DAY)

/** Looks at a day of the home before the page. */
async function lookAt(visitor, [day, month, year]) {
  const main = visitor.page.locator('main')
  await main.getByLabel('Day', { exact: true }).last().fill(day)
  await main.getByLabel('Month').fill(month)
  await main.getByLabel('Year').fill(year)
  await visitor.press('Show that day')
}

serverTests({}, ({ everywhere, once, server }) => {
  let brought
  const landlord = () => (brought ??= bringIn(server()))

  for (const role of ['officer', 'viewer']) {
    everywhere(`a ${role} sees whom to be warned of, who lives there and what is let`, role, async (visitor) => {
      await landlord()
      const response = await visitor.goto(`/homes/${HOME}`)
      assert.equal(response.status(), 200)
      const text = await visitor.text()
      // The alert stands before the address and before everything else.
      assert.ok(text.indexOf('Alerts at this address') < text.indexOf("1 O'Hara"), text)
      assert.match(text, /Dog's bite <script>alert\(1\)<\/script>/)
      assert.match(text, /since 1 March 2026/)
      assert.ok(text.includes(`1 O'Hara ${PLANTED} Court, Hackney, E8 1EA`))
      assert.match(text, /In no patch/)
      const people = visitor.page.locator('#people')
      assert.equal(await people.locator('tbody tr').count(), 2)
      assert.equal(await people.getByRole('link', { name: "O'Brien" }).first().getAttribute('href'), `/people/${TENANT}`)
      assert.equal(await people.locator(`a[href="/people/${TENANT}/log"]`).count(), role === 'officer' ? 1 : 0)
      assert.equal(await people.locator(`a[href="/people/${MEMBER}/log"]`).count(), role === 'officer' ? 1 : 0)
      assert.match(await visitor.page.locator('#timeline').innerText(), /Moved out[\s\S]*Moved Away/)
      assert.match(text, /Nothing is open for the people of this home/)
      assert.equal(await visitor.page.locator(`a[href="/homes/${HOME}/visit-sheet"]`).count(), 1)
      assert.equal(await visitor.page.locator(`a[href="/tenancies/${TENANCY}"]`).first().innerText(), '9990001/01')
      assert.match(text, /£123.45 in arrears/)
    })
  }

  everywhere('who lived there on a day is found, and what the home was let under', 'officer', async (visitor) => {
    await landlord()
    const then = visitor.page.locator('#then')
    await visitor.goto(`/homes/${HOME}`)
    const now = new Date().toLocaleDateString('en-GB', { timeZone: 'Europe/London' }).split('/')
    await lookAt(visitor, now)
    assert.match(await then.innerText(), new RegExp(`Who lived here on ${today()}`))
    assert.equal(await then.locator('tbody tr').count(), 3)
    assert.ok((await then.locator('tbody').innerText()).includes('Moved Away'))
    await lookAt(visitor, ['5', '4', '2015'])
    assert.match(await then.innerText(), /Nobody is recorded as living here on that day/)
    assert.ok((await then.innerText()).includes(`begins on ${today()}`))
    assert.match(await then.innerText(), /Let on that day under:\s*9990001\/02/)
    await lookAt(visitor, ['6', '4', '2015'])
    assert.match(await then.innerText(), /Let on that day under:\s*9990001\/01, Secure, from 6 April 2015/)
  })

  everywhere('a day that there is not is refused in the words of the page', 'viewer', async (visitor) => {
    await landlord()
    await visitor.goto(`/homes/${HOME}`)
    await lookAt(visitor, ['31', '2', '2026'])
    assert.match(await visitor.page.title(), /^Error: Home/)
    await lookAt(visitor, ['1', '1', '2999'])
    assert.match(await visitor.text(), /The day must be today or in the past/)
    await lookAt(visitor, [PLANTED, 'x', ''])
    assert.match(await visitor.page.title(), /^Error: Home/)
  })

  everywhere('a home that nobody lives in says so and warns of nobody', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto(`/homes/${EMPTY}`)
    const text = await visitor.text()
    assert.match(text, /No alerts are recorded for this address/)
    assert.equal(await visitor.page.locator('.app-alerts--none').count(), 1)
    assert.match(text, /Nobody is recorded as living here/)
    assert.match(text, /No tenancy of this home is recorded/)
    assert.match(text, /Nothing is recorded/)
    assert.equal(await visitor.page.getByRole('button', { name: 'Log an interaction' }).count(), 0)
  })

  everywhere('open work at a home leads to it', 'officer', async (visitor, running) => {
    const [[home, interaction]] = select(running, `SELECT hex(h.uuid), hex(i.uuid) FROM interaction i JOIN person p ON p.id = i.person_id
      JOIN property h ON h.id = p.property_id WHERE i.closed_at IS NULL ORDER BY i.id LIMIT 1`)
    await visitor.goto(`/homes/${uuidOf(home.toLowerCase())}`)
    const link = visitor.page.locator(`.app-open-work a[href="/interactions/${uuidOf(interaction.toLowerCase())}"]`)
    assert.equal(await link.count(), 1)
    assert.match(await visitor.page.locator('.app-open-work').innerText(), /opened .* about /)
    assert.match(await visitor.page.locator('#timeline').innerText(), /Interaction logged/)
  })

  once('somebody who moved away is not warned of, and is no resident', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto(`/homes/${HOME}`)
    assert.equal(await visitor.page.locator(`#people a[href="/people/${MOVED_OUT}"]`).count(), 0)
  })

  once('a home that there is not is not found', 'officer', async (visitor) => {
    for (const path of ['/homes/x', '/homes/00000000-0000-4000-8000-000000000000', '/homes/x/visit-sheet', `/homes/${HOME}?page=0`]) {
      const response = await visitor.goto(path)
      assert.equal(response.status(), path.includes('page') ? 400 : 404)
    }
  })

  once('who may not see residents is refused, who may not see accounts or work sees neither', 'viewer', async (visitor, running) => {
    await landlord()
    await without(running, 'viewer', 'api.housing.residents.view', async () => {
      for (const path of [`/homes/${HOME}`, `/homes/${HOME}/visit-sheet`]) {
        const response = await visitor.goto(path)
        assert.equal(response.status(), 403)
        assert.ok(!(await visitor.text()).includes('Hara'))
      }
    })
    await without(running, 'viewer', 'api.housing.accounts.view', async () => {
      await visitor.goto(`/homes/${HOME}`)
      assert.ok(!(await visitor.text()).includes('9990001/01'))
    })
    await without(running, 'viewer', 'api.housing.interactions.view', async () => {
      await visitor.goto(`/homes/${HOME}`)
      assert.ok(!(await visitor.text()).includes('Open work'))
    })
  })
})
