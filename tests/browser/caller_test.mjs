// The issue's own story: somebody rings. The officer finds them, sees the alert before the address, logs the call and hands it
// to the manager; the manager closes it.
import assert from 'node:assert/strict'

import { somebody } from './register.mjs'
import { serverTests } from './support.mjs'

serverTests({}, ({ everywhere }) => {
  everywhere('a caller is found, the call is logged, handed to the manager, and closed', 'officer', async (visitor, server) => {
    const { page } = visitor
    await visitor.goto(`/people/${somebody(server, { alert: true })}/log`)
    assert.match(await page.locator('.app-alerts').innerText(), /Alerts at this address/)
    const alertAt = await page.locator('.app-alerts').evaluate('(one) => one.getBoundingClientRect().top')
    const formAt = await page.getByLabel('Notes').evaluate('(one) => one.getBoundingClientRect().top')
    assert.ok(alertAt < formAt)
    await page.getByLabel('Notes').fill('Rang about the arrears letter. Can pay a little more each week.')
    await page.getByLabel('Reason').selectOption({ label: 'Household and tenancy' })
    await page.getByLabel('Subject').selectOption({ label: 'Rent arrears' })
    await page.getByLabel('How it came in').selectOption({ label: 'Contact centre' })
    await page.getByLabel(/^Hand it to the manager/).check()
    await visitor.press('Log it')
    assert.match(await visitor.text(), /The interaction is logged. Tell the caller the ticket number/)
    const ticket = await page.locator('.app-ticket').innerText()
    assert.match(ticket, /^CAS-\d+-[A-Z]+$/)
    assert.match(await visitor.text(), /Demo Manager, manager of/)
    const path = new URL(page.url()).pathname

    await visitor.press('Log out', page.locator('header'))
    await visitor.logIn('manager')
    await visitor.goto(path)
    assert.ok((await visitor.text()).includes(ticket))
    assert.match(await visitor.text(), /Can pay a little more each week/)
    await visitor.press('Close it')
    await page.getByLabel('What was done').fill('Agreed an instalment plan of £5 a week')
    await visitor.press('Close it')
    assert.match(await visitor.text(), /The interaction is closed/)
    assert.match(await visitor.text(), /Agreed an instalment plan of £5 a week/)
    assert.match(await visitor.text(), /Closed/)
  })
})
