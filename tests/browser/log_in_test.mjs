// Logging in and out, sessions, the password; what becomes of what was written when a session ends.
import assert from 'node:assert/strict'

import { serverTests } from './support.mjs'

serverTests({}, ({ everywhere, once }) => {
  for (const role of ['officer', 'manager', 'records', 'admin', 'viewer']) {
    once(`a ${role} logs in, and out again`, null, async (visitor) => {
      await visitor.logIn(role)
      assert.match(await visitor.page.locator('header').innerText(), /Demo/)
      await visitor.press('Log out', visitor.page.locator('header'))
      assert.equal(new URL(visitor.page.url()).pathname, '/log-in')
      await visitor.goto('/account')
      assert.equal(new URL(visitor.page.url()).pathname, '/log-in')
    })
  }

  everywhere('a wrong password is refused in the words of the page', null, async (visitor, server) => {
    await visitor.goto('/log-in')
    await visitor.press('Log in')
    assert.match(await visitor.text(), /Enter your e-mail address or username/)
    await visitor.page.getByLabel('E-mail address or username').fill(server.account('records').email)
    await visitor.page.getByLabel('Password', { exact: true }).fill('a wrong password <script>alert(1)</script>')
    await visitor.press('Log in')
    assert.match(await visitor.text(), /The e-mail address, username or password is wrong/)
    assert.match(await visitor.page.title(), /^Error: /)
  })

  everywhere('a person sees their sessions and ends another one', 'viewer', async (visitor, server) => {
    const cookie = await server.session('viewer')
    await visitor.goto('/account')
    await visitor.press(/^End/)
    assert.match(await visitor.text(), /The session has ended/)
    const rows = await visitor.page.locator('tbody tr').count()
    await visitor.goto('/account')
    assert.equal(await visitor.page.locator('tbody tr').count(), rows)
    assert.match(await visitor.text(), /This one/)
    for (let left = rows; left > 1; --left) await visitor.press(/^End/)
    const after = await fetch(server.url + '/account', { headers: { cookie }, redirect: 'manual' })
    assert.equal(after.status, 303)
  })

  once('where a person was going is where they arrive', null, async (visitor, server) => {
    await visitor.goto('/account/password')
    assert.equal(new URL(visitor.page.url()).pathname, '/log-in')
    await visitor.page.getByLabel('E-mail address or username').fill(server.account('officer').username)
    await visitor.page.getByLabel('Password', { exact: true }).fill(server.account('officer').password)
    await visitor.press('Log in')
    assert.equal(new URL(visitor.page.url()).pathname, '/account/password')
  })

  for (const javaScript of [true, false]) {
    once(`the password is changed ${javaScript ? 'with' : 'without'} JavaScript`, 'service', async (visitor, server) => {
      const account = server.account('service')
      const changed = account.password === 'three calm brown horses' ? 'four calm brown horses' : 'three calm brown horses'
      await visitor.goto('/account/password')
      const fill = async (now, next, again) => {
        await visitor.page.getByLabel('Current password').fill(now)
        await visitor.page.getByLabel('New password', { exact: true }).fill(next)
        await visitor.page.getByLabel('New password again').fill(again)
        await visitor.press('Change password')
      }
      await fill(account.password, 'too short', 'too short')
      assert.match(await visitor.text(), /at least 15 characters/)
      await fill(account.password, changed, changed + '!')
      assert.match(await visitor.text(), /are not the same/)
      await fill('not my password', changed, changed)
      assert.match(await visitor.text(), /not your current password/)
      await fill(account.password, changed, changed)
      assert.equal(new URL(visitor.page.url()).pathname, '/log-in')
      account.password = changed
      await visitor.logIn('service')
      assert.match(await visitor.page.locator('header').innerText(), /Demo Service/)
    }, { javaScript })
  }

  once('a page that is not there says so in the frame of whoever asks', 'officer', async (visitor) => {
    const response = await visitor.goto('/assets/x/nothing.css')
    assert.equal(response.status(), 404)
  })
})
