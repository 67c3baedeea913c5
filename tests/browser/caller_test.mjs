// The issue's own story: somebody rings. The officer finds them by their telephone number, sees the alert before the address,
// logs the call and hands it to the manager; the manager finds it on their page and closes it.
import assert from 'node:assert/strict'

import { rows, uuidOf } from './register.mjs'
import { serverTests } from './support.mjs'

let known

/** Somebody with an alert who can be called, as the other program's API tells of them. */
async function caller(server) {
  if (known) return known
  const { email, password } = server.account('service')
  const headers = { 'Content-Type': 'application/json' }
  const login = await fetch(`${server.url}/api/auth/login`, { method: 'POST', headers, body: JSON.stringify({ email, password }) })
  headers.Authorization = `Bearer ${(await login.json()).token}`
  const tenants = await fetch(`${server.url}/api/tenants/list?action=list&limit=200`, { headers })
  const { data } = await tenants.json()
  const warned = new Set(rows(server, 'SELECT lower(hex(uuid)) FROM person WHERE cautionary_alert = 1').map(([hex]) => uuidOf(hex)))
  known = data.find((one) => one.tenant_number_primary && one.full_address && warned.has(one.uuid))
  return known
}

serverTests({}, ({ everywhere }) => {
  everywhere('a caller is found, the call is logged, handed to the manager, and closed', 'officer', async (visitor, server) => {
    await visitor.goto('/')
    const { page } = visitor
    const who = await caller(server)
    await page.getByRole('searchbox').fill(who.tenant_number_primary)
    await visitor.follow(() => page.getByRole('searchbox').press('Enter'))
    const found = page.getByRole('region', { name: 'People', exact: true }).getByRole('listitem').filter({ hasText: who.tenant_name }).first()
    assert.match(await found.innerText(), /Alert/)
    await visitor.follow(() => found.getByRole('link', { name: who.full_address }).click())

    assert.match(await page.locator('.app-alerts').innerText(), /Alerts at this address/)
    const top = (locator) => locator.first().evaluate((one) => one.getBoundingClientRect().top)
    const heading = page.getByRole('heading', { level: 1 })
    assert.equal(await heading.innerText(), who.full_address)
    assert.ok(await top(page.locator('.app-alerts')) < await top(heading))
    await visitor.click(`Log an interaction with ${who.tenant_name}`)

    assert.match(await page.locator('.app-alerts').innerText(), /Alerts at this address/)
    await page.getByLabel('Notes').fill('Rang about the arrears letter. Can pay a little more each week.')
    await page.getByLabel('Reason').selectOption({ label: 'Household and tenancy' })
    await page.getByLabel('Subject').selectOption({ label: 'Rent arrears' })
    await page.getByLabel('How it came in').selectOption({ label: 'Contact centre' })
    await visitor.press('Log it')
    assert.match(await visitor.text(), /The interaction is logged. Tell the caller the ticket number/)
    const ticket = await page.locator('.app-ticket').innerText()
    assert.match(ticket, /^CAS-\d+-[A-Z0-9]+$/)
    await visitor.press('Hand it over')
    const manager = await page.getByLabel('Hand it to').locator('option', { hasText: 'Demo Manager' }).getAttribute('value')
    await page.getByLabel('Hand it to').selectOption(manager)
    await page.getByLabel('Why').fill('An instalment plan is yours to agree')
    await visitor.press('Hand it over')
    assert.match(await visitor.text(), /Demo Manager, manager of/)

    await visitor.press('Log out', page.locator('header'))
    await visitor.logIn('manager')
    await page.getByRole('searchbox').fill(ticket)
    await visitor.follow(() => page.getByRole('searchbox').press('Enter'))
    await visitor.click(new RegExp(ticket))
    assert.match(await visitor.text(), /Can pay a little more each week/)
    assert.match(await visitor.text(), /An instalment plan is yours to agree/)
    await visitor.press('Close it')
    await page.getByLabel('What was done').fill('Agreed an instalment plan of £5 a week')
    await visitor.press('Close it')
    assert.match(await visitor.text(), /The interaction is closed/)
    assert.match(await visitor.text(), /Agreed an instalment plan of £5 a week/)
  })
})
