// Logging what somebody rang about, and what is done with it; who may; what becomes of a half-written note.
import assert from 'node:assert/strict'

import { count, rows, somebody, uuidOf } from './register.mjs'
import { serverTests } from './support.mjs'

const PLANTED = `<script>alert(1)</script> O'Brien’s "key" & ${'Llanfairpwllgwyngyllgogerychwyrndrobwll'.repeat(3)}`

async function fillLog(visitor, { notes = 'Rang about the rent', next, callBack = false } = {}) {
  const { page } = visitor
  await page.getByLabel('Notes').fill(notes)
  await page.getByLabel('Reason').selectOption({ label: 'Household and tenancy' })
  await page.getByLabel('Subject').selectOption({ label: 'Rent arrears' })
  await page.getByLabel('How it came in').selectOption({ label: 'Contact centre' })
  if (callBack) await page.getByLabel('The person wants to be called back').check()
  if (next) await page.getByLabel(next).check()
}

/** Logs one about somebody; stands on its page afterwards. */
async function log(visitor, server, what = {}) {
  await visitor.goto(`/people/${somebody(server, what)}/log`)
  await fillLog(visitor, what)
  await visitor.press('Log it')
  return new URL(visitor.page.url()).pathname
}

/** Ends every session of the account, from another log-in. */
async function endSessions(server, role) {
  const headers = { cookie: await server.session(role) }
  for (;;) {
    const html = await (await fetch(server.url + '/account', { headers })).text()
    const action = html.match(/action="(\/account\/sessions\/[^"]+)"/)?.[1]
    if (!action) return
    const token = html.match(/name="csrf_token" value="([^"]+)"/)[1]
    const ended = await fetch(server.url + action, {
      method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ csrf_token: token }),
    })
    assert.equal(ended.status, 303)
  }
}

async function logInAgain(visitor, server, role) {
  const { email, password } = server.account(role)
  await visitor.page.getByLabel('E-mail address or username').fill(email)
  await visitor.page.getByLabel('Password', { exact: true }).fill(password)
  await visitor.press('Log in')
}

serverTests({}, ({ everywhere, once }) => {
  everywhere('an officer logs an interaction, adds a note, hands it over', 'officer', async (visitor, server) => {
    const before = count(server, 'interaction')
    await visitor.goto(`/people/${somebody(server)}/log`)
    await visitor.press('Log it')
    for (const text of [/Enter what was said/, /Choose the reason/, /Choose the subject/, /Choose how it came in/]) {
      assert.match(await visitor.text(), text)
    }
    assert.match(await visitor.page.title(), /^Error: /)
    await fillLog(visitor, { notes: `${PLANTED}\nSecond line`, callBack: true })
    await visitor.press('Log it')
    assert.equal(count(server, 'interaction'), before + 1)
    assert.match(await visitor.text(), /The interaction is logged/)
    assert.match(await visitor.page.locator('h1').innerText(), /^Ticket CAS-\d+-\w+$/)
    const page = await visitor.text()
    assert.ok(page.includes(PLANTED))
    for (const text of [/Rent arrears/, /Household and tenancy/, /Contact centre/, /Demo Officer/, /still to be called back/]) {
      assert.match(page, text)
    }
    await visitor.press('Add note')
    assert.match(await visitor.text(), /Enter the note/)
    await visitor.page.getByLabel('Add a note').fill(`${PLANTED} noted`)
    await visitor.page.getByLabel('The person is still to be called back').uncheck()
    await visitor.press('Add note')
    assert.match(await visitor.text(), /The note is added/)
    assert.ok((await visitor.text()).includes(`${PLANTED} noted`))
    assert.doesNotMatch(await visitor.text(), /Yes, still to be called back/)
    await visitor.press('Hand it over')
    await visitor.press('Hand it over')
    assert.match(await visitor.text(), /Choose who is to have it/)
    assert.match(await visitor.text(), /Enter why/)
    await visitor.page.getByLabel('Hand it to').selectOption({ index: 1 })
    await visitor.page.getByLabel('Why').fill(`${PLANTED} because`)
    await visitor.press('Hand it over')
    assert.match(await visitor.text(), /The interaction is handed over/)
    assert.match(await visitor.text(), /Handed over to Demo Manager/)
    assert.match(await visitor.text(), /Demo Manager, manager of/)
  })

  once('what is answered is closed at once, and nothing can be added then', 'officer', async (visitor, server) => {
    await visitor.goto(`/people/${somebody(server)}/log`)
    await fillLog(visitor, { next: 'Close it now: it is answered', callBack: true })
    await visitor.press('Log it')
    assert.match(await visitor.text(), /Keep it open for as long as the person is to be called back/)
    await visitor.page.getByLabel('The person wants to be called back').uncheck()
    await visitor.press('Log it')
    const text = await visitor.text()
    assert.match(text, /Closed/)
    assert.match(text, /nothing can be added or changed/)
    assert.equal(await visitor.page.getByRole('button', { name: 'Add note' }).count(), 0)
    const path = new URL(visitor.page.url()).pathname
    for (const action of ['transfer', 'close']) {
      const response = await visitor.goto(`${path}/${action}`)
      assert.equal(response.status(), 409)
      assert.match(await visitor.text(), /nothing can be added or changed/)
    }
  })

  once('it is handed to the manager at once', 'officer', async (visitor, server) => {
    await log(visitor, server, { next: /^Hand it to the manager/ })
    assert.match(await visitor.text(), /Demo Manager, manager of/)
    assert.match(await visitor.text(), /Handed over to Demo Manager/)
  })

  once('a note has 2,000 characters and no more', 'officer', async (visitor, server) => {
    const long = 'é'.repeat(1999) + 'x'
    await log(visitor, server, { notes: long })
    assert.ok((await visitor.text()).includes(long))
    await visitor.page.getByLabel('Add a note').fill(`${long}y`)
    await visitor.press('Add note')
    assert.match(await visitor.text(), /must be 2000 characters or fewer/)
    assert.equal(await visitor.page.getByLabel('Add a note').inputValue(), `${long}y`)
  })

  for (const javaScript of [true, false]) {
    once(`whoever has not seen what is new does not write over it, JavaScript ${javaScript ? 'on' : 'off'}`, 'officer', async (visitor, server) => {
      const path = await log(visitor, server)
      const other = await visitor.context.newPage()
      await other.goto(server.url + path)
      await other.getByLabel('Add a note').fill('The other one was quicker')
      await other.getByRole('button', { name: 'Add note' }).click()
      await other.waitForLoadState()
      await visitor.page.getByLabel('Add a note').fill('Written on what was there before')
      await visitor.press('Add note')
      assert.match(await visitor.text(), /Somebody changed this while you were writing/)
      assert.match(await visitor.text(), /The other one was quicker/)
      assert.equal(await visitor.page.getByLabel('Add a note').inputValue(), 'Written on what was there before')
      await visitor.press('Add note')
      assert.match(await visitor.text(), /The note is added/)
      await other.goto(`${server.url}${path}/close`)
      await other.getByLabel('What was done').fill('Closed by the other one')
      await visitor.page.getByLabel('Add a note').fill('Too late, but not lost')
      await other.getByRole('button', { name: 'Close it' }).click()
      await other.waitForLoadState()
      await visitor.press('Add note')
      assert.match(await visitor.text(), /was not saved/)
      assert.match(await visitor.text(), /Too late, but not lost/)
      await other.close()
    }, { javaScript })
  }

  everywhere('what was half written outlives the session', 'officer', async (visitor, server) => {
    await visitor.goto(`/people/${somebody(server, { alert: true })}/log`)
    await fillLog(visitor, { notes: `${PLANTED}\nSecond line`, callBack: true })
    const before = count(server, 'interaction')
    await endSessions(server, 'officer')
    await visitor.press('Log it')
    assert.match(await visitor.text(), /Your session has ended.*what you wrote is kept/s)
    await visitor.page.getByLabel('E-mail address or username').fill(server.account('officer').email)
    await visitor.press('Log in')
    assert.match(await visitor.text(), /Enter your password/)
    await logInAgain(visitor, server, 'officer')
    assert.equal(count(server, 'interaction'), before)
    assert.match(await visitor.text(), /Notes/)
    assert.ok((await visitor.text()).includes(PLANTED))
    await visitor.press('Send again')
    assert.equal(count(server, 'interaction'), before + 1)
    assert.ok((await visitor.text()).includes(PLANTED))
    assert.match(await visitor.text(), /Second line/)
    assert.match(await visitor.text(), /still to be called back/)
    await visitor.page.getByLabel('Add a note').fill(`${PLANTED} after lunch`)
    await endSessions(server, 'officer')
    await visitor.press('Add note')
    await logInAgain(visitor, server, 'officer')
    await visitor.press('Send again')
    assert.match(await visitor.text(), /The note is added/)
    assert.ok((await visitor.text()).includes(`${PLANTED} after lunch`))
  })

  once('what is sent twice is logged once', 'officer', async (visitor, server) => {
    const path = `/people/${somebody(server)}/log`
    await visitor.goto(path)
    const before = count(server, 'interaction')
    await fillLog(visitor, { notes: 'Sent twice by an impatient hand' })
    const fields = await visitor.page.evaluate('[...new FormData(document.querySelector("main form"))]')
    const cookie = (await visitor.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ')
    const send = () => fetch(server.url + path, {
      method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(fields),
    })
    assert.deepEqual((await Promise.all([send(), send(), send()])).map((one) => one.status).sort(), [303, 403, 403])
    assert.equal(count(server, 'interaction'), before + 1)
    await visitor.press('Log it')
    assert.match(await visitor.text(), /or it was sent already/)
    assert.match(await visitor.text(), /Sent twice by an impatient hand/)
    assert.equal(count(server, 'interaction'), before + 1)
    await visitor.press('Send again')
    assert.equal(count(server, 'interaction'), before + 2)
  })

  once('what another site sends is never kept', 'officer', async (visitor, server) => {
    const path = `/people/${somebody(server)}/log`
    const before = count(server, 'interaction')
    const cookie = (await visitor.context.cookies()).map((one) => `${one.name}=${one.value}`).join('; ')
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'cross-site', cookie }]) {
      const response = await fetch(server.url + path, {
        method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ notes: 'Planted by another site', next: 'open' }),
      })
      assert.ok([401, 403].includes(response.status), String(response.status))
      assert.doesNotMatch(await response.text(), /Planted by another site/)
    }
    assert.equal(count(server, 'interaction'), before)
  })

  once('the page asks before a half-written note is left', 'officer', async (visitor, server) => {
    await log(visitor, server)
    let asked = 0
    visitor.page.on('dialog', (dialog) => { asked += dialog.type() === 'beforeunload' ? 1 : 0 })
    await visitor.goto(new URL(visitor.page.url()).pathname)
    assert.equal(asked, 0)
    await visitor.page.getByLabel('Add a note').pressSequentially('Half')
    await visitor.goto('/account')
    assert.equal(asked, 1)
  })

  for (const role of ['viewer', 'records']) {
    once(`a ${role} reads an interaction and does nothing with it`, role, async (visitor, server) => {
      const [[hex]] = rows(server, 'SELECT lower(hex(uuid)) FROM interaction WHERE closed_at IS NULL LIMIT 1')
      const path = `/interactions/${uuidOf(hex)}`
      await visitor.goto(path)
      assert.match(await visitor.text(), /Who has it/)
      assert.equal(await visitor.page.locator('main form').count(), 0)
      for (const page of [`${path}/transfer`, `${path}/close`, `/people/${somebody(server)}/log`]) {
        assert.equal((await visitor.goto(page)).status(), 403)
      }
    })
  }

  for (const role of ['admin', 'service']) {
    once(`a ${role} is no officer and is told so`, role, async (visitor, server) => {
      const [[hex]] = rows(server, 'SELECT lower(hex(uuid)) FROM interaction WHERE closed_at IS NULL LIMIT 1')
      await visitor.goto(`/interactions/${uuidOf(hex)}`)
      assert.match(await visitor.text(), /Only officers add notes/)
      assert.equal(await visitor.page.locator('main form').count(), 0)
      for (const page of [`/interactions/${uuidOf(hex)}/close`, `/people/${somebody(server)}/log`]) {
        assert.equal((await visitor.goto(page)).status(), 403)
        assert.match(await visitor.text(), /Only officers can do this/)
      }
    })
  }

  once('what there is not is not found', 'officer', async (visitor) => {
    for (const path of ['/interactions/00000000-0000-4000-8000-000000000000', '/interactions/x/close',
      '/people/00000000-0000-4000-8000-000000000000/log', '/people/x/log']) {
      assert.equal((await visitor.goto(path)).status(), 404)
    }
  })
})
