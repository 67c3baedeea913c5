// The visit sheet: on a phone, and on one page of paper.
import assert from 'node:assert/strict'

import { bringIn, EMPTY, HOME } from './home_landlord.mjs'
import { serverTests } from './support.mjs'

serverTests({}, ({ everywhere, once, server }) => {
  let brought
  const landlord = () => (brought ??= bringIn(server()))
  const age = () => {
    const now = new Date()
    return now.getUTCFullYear() - 1950 - (now.getUTCMonth() < 1 || (now.getUTCMonth() === 1 && now.getUTCDate() < 28) ? 1 : 0)
  }

  for (const role of ['officer', 'viewer']) {
    everywhere(`a ${role} sees alerts, then the household and how to reach it`, role, async (visitor) => {
      await landlord()
      await visitor.goto(`/homes/${HOME}/visit-sheet`)
      const text = await visitor.text()
      assert.ok(text.indexOf('Alerts at this address') < text.indexOf('Visit sheet'))
      assert.match(text, new RegExp(`O'Brien, ${age()}`))
      assert.match(text, /Has a disability/)
      assert.match(text, /Tenant <script>alert\(1\)<\/script> · Responsible for the tenancy/)
      assert.match(text, /Age not recorded/)
      assert.equal(await visitor.page.locator('a[href="tel:+447700900001"]').innerText(), '+44 7700 900001')
      assert.equal(await visitor.page.locator('a[href="tel:02079460001"]').count(), 1)
      assert.match(text, /tenant@example.org/)
      // Next of kin are other people's data: whoever makes no visits does not get them on paper.
      assert.equal(/Next of kin: Kin <script>alert\(1\)<\/script> \(Sister\) 07700 900002/.test(text), role === 'officer')
      assert.match(text, /use your browser’s own Print/)
      assert.ok(!text.includes('Who was seen'))
      await visitor.follow(() => visitor.page.getByRole('link', { name: 'The home' }).click())
      assert.equal(new URL(visitor.page.url()).pathname, `/homes/${HOME}`)
    })
  }

  once('on paper it has room for notes, nothing to click, and fits one page', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto(`/homes/${HOME}/visit-sheet`)
    await visitor.page.emulateMedia({ media: 'print' })
    const text = await visitor.page.locator('body').innerText()
    assert.match(text, /Who was seen/)
    assert.match(text, /Date and time of the visit/)
    for (const hidden of ['Log out', 'use your browser’s own Print', 'The home', 'Search']) {
      assert.ok(!text.includes(hidden), `${hidden} in ${text}`)
    }
    assert.equal(await visitor.page.locator('.app-note-line').count(), 12)
    const picture = await visitor.page.screenshot({ fullPage: true })
    assert.ok(picture.length > 10_000)
    const pdf = (await visitor.page.pdf({ preferCSSPageSize: true })).toString('latin1')
    assert.equal((pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, 1)
    assert.match(pdf, /\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/)
  })

  everywhere('a sheet of a home that nobody lives in says so', 'officer', async (visitor) => {
    await landlord()
    await visitor.goto(`/homes/${EMPTY}/visit-sheet`)
    assert.match(await visitor.text(), /No alerts are recorded for this address/)
    assert.match(await visitor.text(), /Nobody is recorded as living here/)
  })
})
