// A tenancy: its terms, people, balance with the chart of a year, and its ledger.
import assert from 'node:assert/strict'

import { bringIn, FORMER, HOME, PLANTED, TENANCY, TENANT, without } from './home_landlord.mjs'
import { serverTests } from './support.mjs'

serverTests({}, ({ everywhere, once, server }) => {
  let brought
  const landlord = () => (brought ??= bringIn(server()))
  const ledger = (visitor) => visitor.page.locator('#ledger tbody tr')

  for (const role of ['officer', 'viewer']) {
    everywhere(`a ${role} reads the terms, the balance and the ledger`, role, async (visitor) => {
      await landlord()
      await visitor.goto(`/tenancies/${TENANCY}`)
      const text = await visitor.text()
      for (const said of ['9990001/01', 'Present', '£123.45 in arrears', '228999001', 'Secure', '6 April 2015', '£101.50', '£20.00', PLANTED]) {
        assert.ok(text.includes(said), `${said} in ${text}`)
      }
      assert.equal(await visitor.page.locator(`main a[href="/homes/${HOME}"]`).count(), 1)
      assert.equal(await visitor.page.locator(`main a[href="/people/${TENANT}"]`).count(), 1)
      assert.match(text, /120 lines, the latest first/)
      assert.equal(await ledger(visitor).count(), 50)
      const newest = await ledger(visitor).first().locator('td').allInnerTexts()
      assert.deepEqual(newest.slice(1).map((cell) => cell.trim()), ['RPO', `Paid ${PLANTED}`, '', '£100.00', '£123.45 in arrears'])
      const before = await ledger(visitor).nth(1).locator('td').allInnerTexts()
      assert.deepEqual(before.slice(3).map((cell) => cell.trim()), ['£100.00', '', '£223.45 in arrears'])
      await visitor.click(/Next/)
      await visitor.click(/Next/)
      assert.equal(await ledger(visitor).count(), 20)
      const oldest = await ledger(visitor).last().locator('td').allInnerTexts()
      assert.deepEqual(oldest.slice(3).map((cell) => cell.trim()), ['£100.00', '', '£223.45 in arrears'])
      assert.equal(await visitor.page.getByRole('link', { name: /Next/ }).count(), 0)
      await visitor.click(/Previous/)
      assert.equal(await ledger(visitor).count(), 50)
    })
  }

  everywhere('the chart of the last year has its numbers in a table', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto(`/tenancies/${TENANCY}`)
    const chart = visitor.page.getByRole('img', { name: /^Balance from/ })
    assert.equal(await chart.count(), 1)
    assert.match(await chart.locator('path').getAttribute('d'), /^M68\.0 [\d.]+(H[\d.]+V[\d.]+)+H468\.0$/)
    assert.match(await chart.textContent(), /£0[\s\S]*£250/)
    await visitor.page.getByText('The same as a table').click()
    const rows = await visitor.page.locator('details tbody tr').allInnerTexts()
    assert.equal(rows.length, 13)
    assert.match(rows[0], /£123.45 in arrears/)
    assert.match(rows[12], /£123.45 in arrears/)
    await visitor.check()
  })

  everywhere('a tenancy of which little is known says so', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto(`/tenancies/${FORMER}`)
    const text = await visitor.text()
    assert.match(text, /The balance is not recorded/)
    assert.match(text, /Ended/)
    assert.match(text, /Nobody is linked to this tenancy/)
    assert.match(text, /Nothing has been charged or paid yet/)
    assert.equal(await visitor.page.locator('main svg.app-chart').count(), 0)
  })

  once('a tenancy or a page that there is not is not found, and who may not see accounts is refused', 'viewer', async (visitor, running) => {
    await landlord()
    for (const path of ['/tenancies/x', '/tenancies/00000000-0000-4000-8000-000000000000', `/tenancies/${TENANCY}?page=90000`]) {
      assert.equal((await visitor.goto(path)).status(), 404)
    }
    await visitor.goto(`/tenancies/${TENANCY}?page=4`)
    assert.match(await visitor.text(), /There are no lines on this page/)
    await without(running, 'viewer', 'api.housing.accounts.view', async () => {
      assert.equal((await visitor.goto(`/tenancies/${TENANCY}`)).status(), 403)
    })
  })
})
