// Accounts, roles and sessions, as an administrator deals with them.
import assert from 'node:assert/strict'

import { serverTests } from './support.mjs'

const PLANTED = `<script>alert(1)</script> O'Brien-Featherstonehaugh`

serverTests({}, ({ everywhere, once }) => {
  let number = 0

  everywhere('an administrator creates an account, changes it, disables it and enables it', 'admin', async (visitor) => {
    const { page } = visitor
    number += 1
    const email = `new-${number}@demo.example`
    await visitor.goto('/administration')
    await visitor.click('Accounts')
    await visitor.press('Create an account')
    await visitor.press('Create account')
    assert.match(await visitor.text(), /Enter a first name[\s\S]*Choose a role[\s\S]*Enter a password/)
    await page.getByLabel('First name').fill(`Maya ${PLANTED}`)
    await page.getByLabel('Last name').fill("D'Arcy")
    await page.getByLabel('E-mail address').fill('officer@demo.example')
    await page.getByLabel('Role').selectOption({ label: 'officer' })
    await page.getByLabel('Password').fill('too short')
    await visitor.press('Create account')
    assert.match(await visitor.text(), /at least 15 characters/)
    await page.getByLabel('Password').fill('quiet green bicycles')
    await visitor.press('Create account')
    assert.match(await visitor.text(), /Another account has this e-mail address/)
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password').fill('quiet green bicycles')
    await visitor.press('Create account')
    assert.match(await visitor.text(), /The account is created[\s\S]*Maya <script>[\s\S]*O'Brien-Featherstonehaugh D'Arcy/)

    await visitor.press('Change')
    await page.getByLabel('Telephone number').fill('07700 900123')
    await visitor.press('Save')
    assert.match(await visitor.text(), /The account is changed[\s\S]*07700 900123/)
    await visitor.press('Disable')
    await visitor.press('Disable')
    assert.match(await visitor.text(), /Disabled/)
    await visitor.press('Enable')
    await visitor.press('Enable')
    assert.match(await visitor.text(), /Active/)
  })

  everywhere('a person is found by part of a name', 'admin', async (visitor) => {
    await visitor.goto('/administration/accounts')
    await visitor.page.getByLabel('Name or e-mail address').fill('demo rec')
    await visitor.press('Find')
    assert.match(await visitor.text(), /1 account\b[\s\S]*Demo Records/)
    await visitor.page.getByLabel('Name or e-mail address').fill("nobody's name %")
    await visitor.press('Find')
    assert.match(await visitor.text(), /Nobody is found/)
    await visitor.click('Show all')
    assert.match(await visitor.text(), /Demo Officer/)
  })

  everywhere('what a role may do is changed after a look at what changes', 'admin', async (visitor) => {
    const box = 'read the server’s figures'
    await visitor.goto('/administration/roles')
    await visitor.click('viewer')
    const had = await visitor.page.getByLabel(box).isChecked()
    await visitor.page.getByLabel(box).setChecked(!had)
    await visitor.press('Continue')
    assert.match(await visitor.text(), had ? /no longer be allowed to[\s\S]*server’s figures/ : /be allowed to[\s\S]*server’s figures/)
    await visitor.press('Change the role')
    assert.match(await visitor.text(), /The role is changed/)
    await visitor.click('viewer')
    assert.equal(await visitor.page.getByLabel(box).isChecked(), !had)
    await visitor.press('Continue')
    assert.match(await visitor.text(), /Nothing was changed/)
  })

  once('a change that another administrator overtook is not stored', 'admin', async (visitor, server) => {
    await visitor.goto('/administration/accounts')
    await visitor.click('Demo Viewer')
    await visitor.press('Change')
    const form = visitor.page.url()
    const other = await visitor.context.newPage()
    await other.goto(form)
    await other.getByLabel('Telephone number').fill('07700 900999')
    await other.getByRole('button', { name: 'Save' }).click()
    await other.waitForURL(/done=/)
    await visitor.page.getByLabel('Telephone number').fill('07700 900111')
    await visitor.press('Save')
    assert.match(await visitor.text(), /changed by somebody else/)
    await visitor.goto(new URL(form).pathname.replace('/edit', ''))
    assert.match(await visitor.text(), /07700 900999/)
    assert.ok(server)
  })

  everywhere('an administrator ends a session of somebody else', 'admin', async (visitor, server) => {
    const cookie = await server.session('manager')
    await visitor.goto('/administration/sessions')
    await visitor.press(/^End the session of Demo Manager/)
    assert.match(await visitor.text(), /The session has ended/)
    const after = await fetch(server.url + '/account', { headers: { cookie }, redirect: 'manual' })
    assert.equal(after.status, 303)
  })

  once('nobody disables themselves, and the own role keeps the right to change permissions', 'admin', async (visitor) => {
    await visitor.goto('/administration/accounts')
    await visitor.click('Demo Admin')
    assert.equal(await visitor.page.getByRole('button', { name: 'Disable' }).count(), 0)
    const url = new URL(visitor.page.url()).pathname
    await visitor.goto(url + '/status')
    await visitor.press('Disable')
    assert.match(await visitor.text(), /There is a problem with what was sent/)
    await visitor.goto('/administration/roles')
    await visitor.click('admin')
    await visitor.page.getByLabel('change what a role may do').uncheck()
    await visitor.press('Continue')
    await visitor.press('Change the role')
    assert.match(await visitor.text(), /There is a problem with what was sent/)
  })

  for (const role of ['manager', 'officer', 'records', 'viewer']) {
    once(`a ${role} has no administration`, role, async (visitor) => {
      await visitor.goto('/')
      assert.ok(!(await visitor.page.locator('header').innerText()).includes('Administration'))
      for (const path of ['/administration', '/administration/accounts', '/administration/roles', '/administration/accounts/new']) {
        const response = await visitor.goto(path)
        assert.equal(response.status(), 403, path)
        assert.match(await visitor.text(), /You do not have permission/)
      }
    })
  }
})
