// The manager's desk: the tray of an area, moving patches with a preview of what moves, officers who join and leave.
import assert from 'node:assert/strict'

import { serverTests } from './support.mjs'

const pathOf = (visitor) => new URL(visitor.page.url()).pathname
const rowOf = (visitor, text) => visitor.page.locator('main tr', { hasText: text }).first()

// Three patches, of which the demo officer has AB1; whoever had that before has none, like the former manager.
serverTests({ homes: 600 }, ({ everywhere, once }) => {
  everywhere('a manager sees the work of the area and narrows its tray', 'manager', async (visitor) => {
    await visitor.goto('/')
    const menu = visitor.page.getByRole('button', { name: 'Menu' })  // of a phone with JavaScript
    if (await menu.isVisible()) await menu.click()
    await visitor.click('Manager’s desk', visitor.page.locator('header'))
    assert.equal(pathOf(visitor), '/desk')
    assert.match(await visitor.text(), /Abbotsmere manager 1/)
    assert.equal(await visitor.page.locator('svg[role=img] rect').count(), 4)
    const homes = await rowOf(visitor, 'AB2').locator('td').nth(1).innerText()
    assert.equal(homes.trim(), '200')
    assert.match(await visitor.text(), /\d+ interactions/)

    await visitor.page.getByLabel('Patch', { exact: true }).selectOption({ label: 'AB2' })
    await visitor.page.getByLabel('Sort by').selectOption({ label: 'Newest first' })
    await visitor.press('Show')
    assert.match(new URL(visitor.page.url()).search, /^\?[a-z0-9=&.-]+$/)
    const rows = visitor.page.locator('.app-work tbody tr')
    assert.ok(await rows.count() > 0)
    for (const row of await rows.all()) assert.match(await row.innerText(), /AB2/)
    await visitor.page.getByLabel('Only call-backs').check()
    await visitor.press('Show')
    for (const row of await rows.all()) assert.match(await row.innerText(), /Call back/)
    await visitor.page.getByLabel('Show', { exact: true }).selectOption({ label: 'Closed in the last 14 days' })
    await visitor.page.getByLabel('Logged').selectOption({ label: 'More than 90 days ago' })
    await visitor.press('Show')
    assert.match(await visitor.text(), /Nothing here is as you chose it/)
    await visitor.click('Clear filters')
    await visitor.click(/open interactions of AB1/)
    for (const row of await rows.all()) assert.match(await row.innerText(), /AB1/)
  })

  once('the tray is sorted by officer, filtered by them, and paged by links alone', 'manager', async (visitor) => {
    await visitor.goto('/desk')
    const officer = await rowOf(visitor, 'AB2').locator('td').first().innerText()
    await visitor.page.getByLabel('Officer', { exact: true }).selectOption({ label: officer.trim() })
    await visitor.page.getByLabel('Sort by').selectOption({ label: 'Officer' })
    await visitor.press('Show')
    for (const row of await visitor.page.locator('.app-work tbody tr').all()) {
      assert.match(await row.innerText(), /AB2/)
    }
    await visitor.page.getByLabel('Officer', { exact: true }).selectOption({ label: 'All' })
    await visitor.page.getByLabel('Show', { exact: true }).selectOption({ label: 'Closed in the last 14 days' })
    await visitor.press('Show')
    assert.match(await visitor.text(), /Closed/)
    const response = await visitor.goto('/desk?page=nonsense')
    assert.equal(response.status(), 400)
  }, { javaScript: false })

  everywhere('a patch is moved after a look at what moves, and given back', 'manager', async (visitor) => {
    await visitor.goto('/desk/patches')
    const before = (await rowOf(visitor, 'AB2').locator('td').first().innerText()).trim()
    await visitor.click(/Move\s+AB2/)
    assert.match(await visitor.text(), /Who is to have patch AB2\?/)
    await visitor.click(/^Choose/)
    assert.match(await visitor.text(), new RegExp(`${before} loses it`))
    const homes = await rowOf(visitor, 'Homes').locator('td').allInnerTexts()
    assert.equal(homes[0], '200')
    assert.match(homes[1], /^200 → 0$/)
    assert.match(homes[2], /^(\d+) → \d+$/)
    assert.equal(Number(homes[2].split(' → ')[1]), Number(homes[2].split(' → ')[0]) + 200)
    await visitor.press(/^Give AB2 to/)
    assert.match(await visitor.text(), /Patch AB2 is with .+ now/)
    await visitor.click(`Give it back to ${before}`)
    await visitor.press(`Give AB2 to ${before}`)
    assert.match(await visitor.text(), new RegExp(`Patch AB2 is with ${before} now`))
    await visitor.goto('/desk/patches')
    assert.equal((await rowOf(visitor, 'AB2').locator('td').first().innerText()).trim(), before)
  })

  once('a patch is left with nobody, and found so', 'manager', async (visitor) => {
    await visitor.goto('/desk/patches')
    const before = (await rowOf(visitor, 'AB3').locator('td').first().innerText()).trim()
    await visitor.click(/Move\s+AB3/)
    await visitor.click('Leave it with nobody for now')
    assert.match(await visitor.text(), /Nobody sees this work/)
    await visitor.press('Leave AB3 with nobody')
    await visitor.click('Patches')
    assert.match(await rowOf(visitor, 'AB3').innerText(), /Nobody/i)
    await visitor.goto('/desk/officers')
    assert.match(await visitor.text(), new RegExp(before))
    await visitor.goto('/desk/patches')
    await visitor.click(/Give\s+AB3/)
    await visitor.follow(() => rowOf(visitor, before).getByRole('link').click())
    await visitor.press(`Give AB3 to ${before}`)
  })

  once('a patch that was moved meanwhile is not moved again', 'manager', async (visitor, server) => {
    await visitor.goto('/desk/patches')
    await visitor.click(/Move\s+AB3/)
    const choice = visitor.page.url()
    await visitor.click(/^Choose/)
    const other = await visitor.context.newPage()
    await other.goto(choice)
    await other.getByRole('link', { name: /^Choose/ }).last().click()
    await other.getByRole('button', { name: /^Give AB3 to/ }).click()
    await other.waitForURL(/assigned/)
    const winner = await other.locator('main').innerText()
    await visitor.press(/^Give AB3 to/)
    assert.match(await visitor.text(), /Patch AB3 was changed meanwhile/)
    const now = (await visitor.text()).match(/It is with (.+) now/)[1]
    assert.ok(winner.includes(`is with ${now} now`), winner)
    await other.close()
    await visitor.click('Look at it again')
    assert.equal(visitor.page.url(), choice)
    assert.ok(server)
  })

  once('an area gets another manager, whose role is named where it is not enough', 'admin', async (visitor) => {
    await visitor.goto('/desk')
    assert.equal(pathOf(visitor), '/desk/areas')
    await visitor.click(/Change/)
    await visitor.click(/^Choose/)
    assert.match(await visitor.text(), /Make .+ the manager of Abbotsmere manager 1\?/)
    await visitor.press(/^Make .+ the manager/)
    assert.match(await visitor.text(), /is managed by .+ now/)
    assert.match(await visitor.text(), /role is still “officer”/)
    await visitor.click('Give it back to Demo Manager')
    await visitor.press(/^Make Demo Manager the manager/)
    await visitor.click('Managers’ areas')
    await visitor.click('Abbotsmere manager 1')
    assert.match(await visitor.text(), /Work of each patch/)
  })

  const long = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley-Marjoribanks'
  let added = 0
  everywhere('an officer joins with errors at their fields, gets a patch, and leaves', 'manager', async (visitor, server) => {
    ++added
    const name = `O'Brien ${long} ${added}`
    await visitor.goto('/desk/officers')
    await visitor.click('Add an officer')
    await visitor.press('Add officer')
    for (const missing of [/Enter a first name/, /Enter a last name/, /Enter an e-mail/, /Enter a username/, /Enter a first password/]) {
      assert.match(await visitor.text(), missing)
    }
    const fill = async (email, username, password, again) => {
      await visitor.page.getByLabel('First name').fill('<script>alert(1)</script>')
      await visitor.page.getByLabel('Last name').fill(name)
      await visitor.page.getByLabel('E-mail address').fill(email)
      await visitor.page.getByLabel('Username').fill(username)
      await visitor.page.getByLabel('First password', { exact: true }).fill(password)
      await visitor.page.getByLabel('First password again').fill(again)
      await visitor.press('Add officer')
    }
    const email = `o'brien.${added}@lettings.example`
    await fill('no address', `joiner${added}`, 'too short', 'too short')
    assert.match(await visitor.text(), /in the form name@example\.com/)
    assert.match(await visitor.text(), /at least 15 characters/)
    await fill(email, `joiner${added}`, 'three calm brown horses', 'three calm brown houses')
    assert.match(await visitor.text(), /two passwords are not the same/)
    await fill(server.account('officer').email.toUpperCase(), `joiner${added}`, 'three calm brown horses', 'three calm brown horses')
    assert.match(await visitor.page.locator('#email-error').innerText(), /Another account has this e-mail address/)
    await fill(email, 'viewer', 'three calm brown horses', 'three calm brown horses')
    assert.match(await visitor.page.locator('#username-error').innerText(), /Another account has this username/)
    await fill(email, `joiner${added}`, 'three calm brown horses', 'three calm brown horses')
    assert.match(await visitor.text(), /The officer is added/)
    assert.match(await rowOf(visitor, email).innerText(), /<script>alert\(1\)<\/script>/)

    // They log in, and are given a patch.
    const cookie = await server.sessionOf(`joiner${added}`, 'three calm brown horses')
    await visitor.goto('/desk/patches')
    const before = (await rowOf(visitor, 'AB3').locator('td').first().innerText()).trim()
    await visitor.click(/Move\s+AB3/)
    await visitor.follow(() => rowOf(visitor, name).getByRole('link').click())
    await visitor.press(/^Give AB3 to <script>/)

    await visitor.goto('/desk/officers?show=all')
    await visitor.follow(() => rowOf(visitor, email).getByRole('link', { name: /Disable/ }).click())
    assert.match(await visitor.text(), /These stay theirs until you give them to somebody else/)
    assert.match(await visitor.text(), /AB3/)
    await visitor.press('Disable account')
    assert.match(await visitor.text(), /no longer works here/)
    const refused = await fetch(server.url + '/account', { headers: { cookie }, redirect: 'manual' })
    assert.equal(refused.status, 303, 'their session ended')
    await visitor.goto('/desk/patches')
    assert.match(await rowOf(visitor, 'AB3').innerText(), /no longer works here/i)
    await visitor.goto('/desk/officers?show=all')
    assert.equal(await visitor.page.getByText(email).count(), 0)
    await visitor.goto('/desk/patches')
    await visitor.click(/Move\s+AB3/)
    await visitor.follow(() => rowOf(visitor, before).getByRole('link').click())
    await visitor.press(/^Give AB3 to/)
  })

  for (const role of ['officer', 'viewer', 'records']) {
    once(`a ${role} has no desk`, role, async (visitor) => {
      await visitor.goto('/account')
      assert.equal(await visitor.page.getByRole('link', { name: 'Manager’s desk' }).count(), 0)
      for (const path of ['/desk', '/desk/areas', '/desk/patches', '/desk/officers', '/desk/officers/new']) {
        assert.equal((await visitor.goto(path)).status(), 403, path)
      }
    })
  }

  once('nobody disables their own account or one above their own', 'manager', async (visitor) => {
    await visitor.goto('/desk/officers?show=all')
    assert.equal(await rowOf(visitor, 'manager@demo.example').getByRole('link', { name: /Disable/ }).count(), 0)
    for (const path of ['/desk/patches/nothing/assign', '/desk/officers/00000000-0000-0000-0000-000000000000/disable']) {
      assert.equal((await visitor.goto(path)).status(), 404, path)
    }
  })
})
