// The records desk: subject access, activity log, its integrity, data quality, retention, holds, erasure, consents.
import assert from 'node:assert/strict'
import fs from 'node:fs'

import { serverTests } from './support.mjs'

const SCRIPT = '<script>alert(1)</script>'
const REASON = `SAR 17’s request, O'Hara & Sons "asked" ${SCRIPT} ${'long'.repeat(30)}`

/** Chooses the first of the people found by a part of a name, from the page of that part of the desk. */
async function choose(visitor, path, who = 'an') {
  await visitor.goto(path)
  await visitor.page.getByLabel('Name, telephone or e-mail address').fill(who)
  await visitor.press('Find')
  const first = visitor.page.locator('.app-results a').first()
  const name = (await first.innerText()).trim()
  await visitor.follow(() => first.click())
  return name
}

async function fillReport(visitor, server, format, password = server.account('records').password) {
  await visitor.page.getByLabel('Why you give this report').fill(REASON)
  await visitor.page.getByLabel(format).check()
  await visitor.page.getByLabel('Your password').fill(password)
}

/** Records of that kind are kept for a month only, and those that are due are found. */
async function findDue(visitor, kind) {
  await visitor.goto('/records/retention/rules')
  await visitor.follow(() => visitor.page.locator(`a[href$="/rules/${kind}"]`).click())
  await visitor.page.getByLabel('Months to keep it for').fill('none')
  await visitor.press('Save')
  assert.match(await visitor.text(), /whole number from 1/)
  await visitor.page.getByLabel('Months to keep it for').fill('1')
  await visitor.press('Save')
  assert.match(await visitor.text(), /The rule is changed/)
  await visitor.goto('/records/retention')
  await visitor.press('Find what is due now')
  assert.match(await visitor.text(), /looks for what is due/)
  for (let tries = 0; tries < 40 && await visitor.page.locator('tbody input').count() === 0; ++tries) {
    await new Promise((resolve) => setTimeout(resolve, 250))
    await visitor.page.goto(visitor.server.url + '/records/retention')
  }
  await visitor.check()
  assert.ok(await visitor.page.locator('tbody input').count() > 1, 'the demo landlord has some that are due')
}

serverTests({ homes: 60, settings: { TENANTRY_REPORTS_AN_HOUR: '8' } }, ({ everywhere, once }) => {
  everywhere('records staff give a report to read, with a reason and their password', 'records', async (visitor, server) => {
    await visitor.goto('/records')
    assert.match(await visitor.text(), /Subject access/)
    const name = await choose(visitor, '/records/report')
    await visitor.press('Give the report')
    assert.match(await visitor.text(), /Enter why you give this report/)
    assert.match(await visitor.text(), /Enter your password/)
    assert.match(await visitor.page.title(), /^Error: /)
    await fillReport(visitor, server, 'A page to read here or print')
    await visitor.page.getByLabel('Show them').check()
    await visitor.press('Give the report')
    const text = await visitor.text()
    assert.match(text, /Subject access report/)
    assert.ok(text.includes(name.split(' ').pop()), name)
    assert.ok(text.includes(SCRIPT), 'the reason of this report stands in it, as text')
    assert.ok(!visitor.page.url().includes('an='))
  })

  once('a wrong password gives no report, and what was entered stays', 'records', async (visitor, server) => {
    await choose(visitor, '/records/report')
    await fillReport(visitor, server, 'A page to read here or print', 'not the password')
    await visitor.press('Give the report')
    assert.match(await visitor.text(), /That is not your password/)
    assert.equal(await visitor.page.getByLabel('Why you give this report').inputValue(), REASON)
    assert.equal(await visitor.page.getByLabel('Your password').inputValue(), '')
    await visitor.goto('/records/activity?deed=rights&outcome=refused')
    assert.match(await visitor.text(), /Gave a subject access report/)
    assert.match(await visitor.text(), /Refused/)
  })

  once('a form that is too old is sent again, and takes the password anew', 'records', async (visitor, server) => {
    await choose(visitor, '/records/report')
    await fillReport(visitor, server, 'A page to read here or print')
    await visitor.page.locator('main input[name=csrf_token]').evaluate((input) => { input.value = 'A'.repeat(75) })
    await visitor.press('Give the report')
    assert.match(await visitor.text(), /open for too long/)
    assert.ok((await visitor.text()).includes(SCRIPT))
    await visitor.press('Send again')
    assert.match(await visitor.text(), /Enter your password/)
  })

  once('the report comes as a pack and as data, from one page', 'records', async (visitor, server) => {
    await choose(visitor, '/records/report')
    for (const [format, name, begin] of [['A pack to send', 'subject-access-report.zip', 'PK'], ['Data for a program', 'subject-access-report.json', '{']]) {
      await fillReport(visitor, server, format)
      const [download] = await Promise.all([
        visitor.page.waitForEvent('download'), visitor.page.getByRole('button', { name: 'Give the report' }).click(),
      ])
      assert.equal(download.suggestedFilename(), name)
      assert.ok(fs.readFileSync(await download.path(), 'latin1').startsWith(begin))
    }
  })

  once('only so many reports are given within the hour', 'records', async (visitor, server) => {
    await choose(visitor, '/records/report')
    const password = server.account('records').password
    const given = await visitor.page.evaluate(async (secret) => {
      const field = (name) => document.querySelector(`main input[name=${name}]`).value
      for (let reports = 0; reports < 20; ++reports) {
        const body = new URLSearchParams({ csrf_token: field('csrf_token'), person: field('person'), reason: 'One more', format: 'json', password: secret })
        if ((await fetch('/records/report', { method: 'POST', body })).status !== 200) return reports
      }
    }, password)
    assert.ok(given <= 8, `${given} were given`)
    await fillReport(visitor, server, 'A page to read here or print')
    await visitor.press('Give the report')
    assert.match(await visitor.text(), /as many reports within the hour/)
  })

  for (const role of ['officer', 'viewer']) {
    once(`the desk is closed to a ${role}`, role, async (visitor, server) => {
      for (const path of ['', '/report', '/consents', '/activity', '/chain', '/retention', '/retention/all', '/retention/rules',
        '/retention/rules/job', '/holds', '/erasure', '/quality', '/quality/postcodes']) {
        const response = await visitor.page.goto(`${server.url}/records${path}`)
        assert.equal(response.status(), 403, path)
      }
      await visitor.check()
      assert.match(await visitor.text(), /You do not have permission/)
      assert.doesNotMatch(await visitor.page.locator('header').innerText(), /Records/)
      for (const path of ['find', 'report', 'chain', 'consents', 'retention/propose', 'retention/run', 'retention/decide', 'retention/all',
        'retention/rules/job', 'holds', 'holds/x/lift', 'erasure']) {
        const status = await visitor.page.evaluate(async (to) => (await fetch(to, { method: 'POST', body: new URLSearchParams() })).status,
          `/records/${path}`)
        assert.equal(status, 403, path)
      }
    })
  }

  once('a manager sees of the desk what they may', 'manager', async (visitor, server) => {
    await visitor.goto('/records')
    const text = await visitor.text()
    assert.match(text, /Activity log/)
    assert.match(text, /Data quality/)
    assert.doesNotMatch(text, /Subject access|Erasure|Retention|Legal holds/)
    for (const path of ['/report', '/consents', '/retention', '/holds', '/erasure']) {
      assert.equal((await visitor.page.goto(`${server.url}/records${path}`)).status(), 403, path)
    }
    await visitor.goto('/records/quality/homes-without-patch')
  })

  everywhere('the activity log is narrowed and looked through', 'records', async (visitor) => {
    await visitor.goto('/records/activity')
    assert.match(await visitor.text(), /Logged in with a browser/)
    await visitor.page.getByText('Show only some of it').click()
    await visitor.page.getByLabel('What was done').selectOption('sessions')
    await visitor.page.getByLabel('Who').selectOption({ label: 'Demo Records' })
    await visitor.press('Show')
    const rows = await visitor.page.locator('tbody tr').allInnerTexts()
    assert.ok(rows.length > 0)
    for (const row of rows) assert.match(row, /Demo Records/)
    await visitor.page.getByLabel('Day').first().fill('31')
    await visitor.page.getByLabel('Month').first().fill('2')
    await visitor.page.getByLabel('Year').first().fill('2026')
    await visitor.press('Show')
    assert.match(await visitor.text(), /From must be a real date/)
    await visitor.goto('/records/activity?to.day=1&to.month=1&to.year=2000')
    assert.match(await visitor.text(), /Nothing of that kind was found/)
    await visitor.click('Show all of it')
    assert.match(await visitor.text(), /Looked at the activity log/)
  })

  once('older events are a link away, and lead to people', 'records', async (visitor) => {
    await visitor.goto('/records/activity?record=tenant')
    assert.ok(await visitor.page.locator('td a[href^="/people/"]').count() > 0)
    await visitor.goto('/records/activity')
    await visitor.click('Older events')
    await visitor.click('Newest events')
    assert.equal((await visitor.page.goto(visitor.server.url + '/records/activity?before=x')).status(), 400)
  })

  everywhere('the log is verified at the press of a button', 'records', async (visitor) => {
    await visitor.goto('/records/chain')
    assert.match(await visitor.text(), /Signed heads/)
    await visitor.press('Verify the log now')
    assert.match(await visitor.text(), /The log holds/)
    assert.match(await visitor.text(), /everything held up to event|All [\d,]+ events|Events [\d,]+ to/)
    await visitor.goto('/records/chain')
    assert.match(await visitor.text(), /everything held up to event/)
  })

  everywhere('the lists of what is worth mending open', 'records', async (visitor) => {
    await visitor.goto('/records/quality')
    const lists = await visitor.page.locator('dt a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    assert.equal(lists.length, 8)
    for (const list of lists) {
      await visitor.goto(list)
      assert.match(await visitor.text(), /None|among|\d/)
    }
    assert.equal((await visitor.page.goto(visitor.server.url + '/records/quality/nothing')).status(), 404)
  })

  everywhere('a hold is placed and lifted', 'records', async (visitor) => {
    const name = await choose(visitor, '/records/holds')
    await visitor.press('Place the hold')
    assert.match(await visitor.text(), /Enter why the records must be kept/)
    await visitor.page.getByLabel('Why the records must be kept').fill(REASON)
    await visitor.press('Place the hold')
    assert.match(await visitor.text(), /The hold is placed/)
    assert.ok((await visitor.text()).includes(SCRIPT))
    await visitor.goto('/records/holds')
    assert.ok((await visitor.text()).includes(name))
    await visitor.click(/^Lift/)
    assert.match(await visitor.text(), /Lift a legal hold/)
    await visitor.press('Lift the hold')
    assert.match(await visitor.text(), /The hold is lifted/)
  })

  everywhere('what is due is found, approved after a second look, and removed', 'records', async (visitor) => {
    await findDue(visitor, 'job')
    await visitor.page.locator('tbody input').nth(0).check({ force: true })
    await visitor.press('Keep')
    assert.match(await visitor.text(), /1 job with its notes/)
    await visitor.press('Keep them')
    assert.match(await visitor.text(), /The records are kept/)
    await visitor.goto('/records/retention?state=refused')
    assert.match(await visitor.text(), /Kept by decision/)
    await visitor.goto('/records/retention')
    await visitor.page.locator('tbody input').nth(0).check({ force: true })
    await visitor.press('Approve removal')
    assert.match(await visitor.text(), /removed for good/)
    await visitor.press('Approve removal')
    assert.match(await visitor.text(), /The removal is approved/)
    await visitor.goto('/records/retention?state=approved')
    if (await visitor.page.getByRole('button', { name: 'Remove it now' }).count() > 0) await visitor.press('Remove it now')
    for (let tries = 0; tries < 40 && !/Removed\n/.test(await visitor.text()); ++tries) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      await visitor.page.goto(visitor.server.url + '/records/retention?state=carried_out')
    }
    await visitor.check()
    assert.match(await visitor.text(), /Removed/)
  })

  once('all that wait are approved after a second look; nothing chosen is said', 'records', async (visitor) => {
    await findDue(visitor, 'interaction')
    await visitor.press('Approve removal')
    assert.match(await visitor.text(), /Choose at least one record/)
    await visitor.goto('/records/retention/all')
    assert.match(await visitor.text(), /would be removed/)
    // The search goes on meanwhile, and may find more.
    for (let rounds = 0; rounds < 10 && !/Nothing waits for your decision/.test(await visitor.text()); ++rounds) {
      await visitor.press('Approve all')
      assert.match(await visitor.text(), /The removal is approved/)
      await visitor.goto('/records/retention/all')
    }
    assert.match(await visitor.text(), /Nothing waits for your decision/)
  })

  everywhere('an erasure shows what goes and what stays, and asks once more', 'records', async (visitor) => {
    await choose(visitor, '/records/erasure')
    const text = await visitor.text()
    assert.match(text, /What stays|What goes/)
    if (/What goes/.test(text)) {
      await visitor.press('Continue')
      assert.match(await visitor.text(), /Choose on what ground/)
      await visitor.page.getByLabel('They are no longer needed').check()
      await visitor.page.getByLabel('Day', { exact: true }).fill('1')
      await visitor.page.getByLabel('Month', { exact: true }).fill('2')
      await visitor.page.getByLabel('Year', { exact: true }).fill('2026')
      await visitor.press('Continue')
      assert.match(await visitor.text(), /Erase these records\?/)
      await visitor.press('Erase')
      assert.match(await visitor.text(), /What could go is erased/)
    } else {
      assert.match(text, /Nothing of this person may be erased today/)
    }
  })

  everywhere('consents are found by person and by e-mail address', 'records', async (visitor) => {
    await choose(visitor, '/records/consents')
    assert.match(await visitor.text(), /Consents of a person/)
    await visitor.goto('/records/consents')
    await visitor.page.getByLabel('E-mail address', { exact: true }).fill(SCRIPT)
    await visitor.press('Show consents')
    assert.match(await visitor.text(), /Enter an e-mail address in the form/)
    await visitor.page.getByLabel('E-mail address', { exact: true }).fill("o'nobody@example.com")
    await visitor.press('Show consents')
    assert.match(await visitor.text(), /No consent was given with this address/)
    assert.equal(new URL(visitor.page.url()).search, '')
  })

  once('nobody is found by a name that is nobody’s', 'records', async (visitor) => {
    await visitor.goto('/records/report')
    await visitor.press('Find')
    assert.match(await visitor.text(), /Enter a name, a telephone number/)
    await visitor.page.getByLabel('Name, telephone or e-mail address').fill(SCRIPT)
    await visitor.press('Find')
    assert.match(await visitor.text(), /Nobody was found/)
    assert.equal((await visitor.page.goto(visitor.server.url + '/records/report?person=00000000-0000-4000-8000-000000000000')).status(), 404)
    assert.equal((await visitor.page.goto(visitor.server.url + '/records/holds/x/lift')).status(), 404)
  })
})
