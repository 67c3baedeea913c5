// Where a day begins, for each role.
import assert from 'node:assert/strict'

import { serverTests } from './support.mjs'

// Many enough that a patch has work of each kind, and an empty home that was let again.
serverTests({ homes: 200 }, ({ everywhere, once }) => {
  everywhere('an officer sees the open work of their patch, call-backs first', 'officer', async (visitor) => {
    await visitor.goto('/')
    assert.equal(new URL(visitor.page.url()).pathname, '/')
    const rows = visitor.page.locator('.app-work tbody tr')
    const all = await rows.count()
    assert.ok(all > 3)
    const callbacks = (await rows.allInnerTexts()).map((text) => text.includes('Call back'))
    assert.ok(callbacks.includes(true) && callbacks.includes(false))
    assert.deepEqual(callbacks, [...callbacks].sort((a, b) => b - a))
    assert.match(await rows.first().getByRole('link').first().getAttribute('href'), /^\/interactions\/[0-9a-f-]{36}$/)

    await visitor.click(/^Call-backs \(\d+\)/)
    assert.equal(await rows.count(), callbacks.filter(Boolean).length)
    assert.equal(new URL(visitor.page.url()).search, '?show=callbacks')
    await visitor.click(/^Transferred \(\d+\)/)
    for (const text of await rows.allInnerTexts()) assert.match(text, /Transferred/)
    await visitor.click(/^All \(\d+\)/)
    assert.equal(await rows.count(), all)
  })

  once('an officer sees whom they are warned of, and who has just moved in', 'officer', async (visitor) => {
    await visitor.goto('/')
    const text = await visitor.text()
    assert.match(text, /Alerts in your patch[^]*Alert/)
    assert.match(text, /New tenancies[^]*Began on \d+ \w+ 2\d{3}/)
    await visitor.goto('/today/alerts')
    assert.ok(await visitor.page.locator('.app-results li').count() > 0)
    await visitor.goto('/today/alerts?page=9')
    assert.match(await visitor.text(), /Nobody here has an alert/)
  }, { javaScript: false })

  once('a page that there is not has no work on it, and one that is no number is refused', 'officer', async (visitor) => {
    await visitor.goto('/?page=9')
    assert.match(await visitor.text(), /All \(\d+\)/)
    const response = await visitor.goto('/?page=x')
    assert.equal(response.status(), 400)
  })

  everywhere('a manager sees their area in short, and what was handed to them', 'manager', async (visitor) => {
    await visitor.goto('/')
    const text = await visitor.text()
    assert.match(text, /Your area/)
    assert.match(text, /Demo Officer/)
    assert.match(text, /Work handed to you/)
    assert.equal(await visitor.page.getByRole('main').getByRole('link', { name: 'Open the manager’s desk' }).getAttribute('href'), '/desk')
  })

  for (const [role, sees, never] of [
    ['viewer', /Find somebody/, /Administration/],
    ['records', /Records/, /Manager’s desk/],
    ['admin', /Administration/, /Your area/],
    ['service', /Your account/, /Your area/],
  ]) {
    once(`a ${role}, who has no patch, sees what they can do`, role, async (visitor) => {
      await visitor.goto('/')
      const text = await visitor.text()
      assert.match(text, /What you can do/)
      assert.match(text, sees)
      assert.doesNotMatch(text, never)
      assert.equal((await visitor.goto('/today/alerts')).status(), 200)
    }, { javaScript: false })
  }
})
