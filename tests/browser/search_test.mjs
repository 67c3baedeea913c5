// The search box: what a caller says of themselves finds them, with JavaScript and without, by the keyboard alone.
import assert from 'node:assert/strict'

import { serverTests } from './support.mjs'

const PLANTED = 'Zebedee O’Brien-Łuczak <script>alert(1)</script> of a very long name ' + 'Wolfeschlegelsteinhausenbergerdorff'.repeat(2)

/** The other program's way in: what the register holds, and somebody whom nobody would call so. */
class Api {
  static async logIn(server) {
    const api = new Api()
    api.server = server
    const { email, password } = server.account('service')
    api.token = (await api.call('/api/auth/login', { email, password })).token
    return api
  }

  async call(path, body) {
    const headers = { 'Content-Type': 'application/json', ...(this.token && { Authorization: `Bearer ${this.token}` }) }
    if (this.token && body) {
      headers['X-CSRF-Token'] = (await this.call('/api/security/csrf-token')).data.token
    }
    const response = await fetch(this.server.url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers })
    const answer = await response.json()
    assert.ok(response.ok, `${path}: ${JSON.stringify(answer)}`)
    return answer
  }
}

let known

/** A tenant who can be called, and what else they are found by. */
async function caller(server) {
  if (known) return known
  const api = await Api.logIn(server)
  const { data } = await api.call('/api/tenants/list?action=list&limit=200')
  const tenant = data.find((one) => one.tenant_number_primary && one.tenant_email && one.full_address && /^[A-Za-z' ]+$/.test(one.tenant_name))
  await api.call('/api/tenants/manage', { action: 'create', tenant_name: PLANTED, tenant_email: 'zebedee@mail.test' })
  known = {
    name: tenant.tenant_name, telephone: tenant.tenant_number_primary, email: tenant.tenant_email, uuid: tenant.uuid,
    address: tenant.full_address, postcode: tenant.full_address.split(', ').at(-1),
  }
  return known
}

async function search(visitor, text) {
  await visitor.page.getByRole('searchbox').fill(text)
  await visitor.follow(() => visitor.page.getByRole('searchbox').press('Enter'))
  assert.equal(new URL(visitor.page.url()).pathname + new URL(visitor.page.url()).search, '/search')
}

const group = (visitor, name) => visitor.page.getByRole('region', { name, exact: true })

serverTests({}, ({ everywhere, once }) => {
  everywhere('a caller is found by their telephone, their postcode and their references', 'officer', async (visitor, server) => {
    await visitor.goto('/')
    const who = await caller(server)
    await search(visitor, who.telephone)
    const link = group(visitor, 'People').getByRole('link', { name: who.name, exact: true }).first()
    assert.equal(await link.getAttribute('href'), `/people/${who.uuid}`)
    const tenancy = (await group(visitor, 'People').innerText()).match(/Tenancy (\S+)/)[1]

    await search(visitor, who.postcode.toLowerCase().replace(' ', ''))
    assert.match(await group(visitor, 'Homes').innerText(), new RegExp(who.postcode))

    await search(visitor, tenancy)
    assert.match(await group(visitor, 'Tenancies').innerText(), new RegExp(`Tenancy ${tenancy}`))
    assert.match(await group(visitor, 'People').innerText(), new RegExp(who.name))
    const payment = (await group(visitor, 'Tenancies').innerText()).match(/Payment reference (\d+)/)[1]

    await search(visitor, payment)
    assert.match(await group(visitor, 'Tenancies').innerText(), new RegExp(`Tenancy ${tenancy}`))

    await search(visitor, who.address)
    const uprn = (await group(visitor, 'Homes').innerText()).match(/UPRN (\d+)/)[1]
    await search(visitor, uprn)
    assert.match(await group(visitor, 'Homes').innerText(), new RegExp(who.address))
    assert.match(await group(visitor, 'People').innerText(), new RegExp(who.name))
  })

  once('an e-mail address, a name backwards, a ticket number', 'officer', async (visitor, server) => {
    await visitor.goto('/')
    const who = await caller(server)
    const ticket = (await visitor.text()).match(/CAS-\S+/)[0]
    await search(visitor, who.email.toUpperCase())
    assert.match(await group(visitor, 'People').innerText(), new RegExp(who.name))
    await search(visitor, who.name.split(' ').reverse().join(', '))
    assert.match(await group(visitor, 'People').innerText(), new RegExp(who.name))
    await search(visitor, ticket.toLowerCase())
    assert.match(await group(visitor, 'Cases').innerText(), new RegExp(ticket))
  }, { javaScript: false })

  everywhere('what is odd, too short or not there is said in words, and nothing planted runs', 'viewer', async (visitor, server) => {
    await visitor.goto('/')
    await caller(server)
    await search(visitor, 'zebedee')
    assert.match(await group(visitor, 'People').innerText(), /<script>alert\(1\)<\/script>/)
    await search(visitor, '<script>alert(1)</script>')
    assert.equal(await visitor.page.getByRole('searchbox').inputValue(), '<script>alert(1)</script>')
    await search(visitor, "nobody's \"name\" % _")
    assert.match(await visitor.text(), /Nothing in the register is like that/)
    await search(visitor, '%')
    assert.match(await visitor.text(), /at least three letters/)
    await search(visitor, '')
    assert.match(await visitor.text(), /It finds people, homes, tenancies and cases by/)
  })

  once('with JavaScript results come while one types, and the keyboard goes through them', 'officer', async (visitor, server) => {
    await visitor.goto('/')
    const who = await caller(server)
    const { page } = visitor
    await page.keyboard.press('/')
    assert.equal(await page.evaluate('document.activeElement.name'), 'q')
    await page.keyboard.type(who.telephone)
    const panel = page.getByRole('region', { name: 'Search results' })
    await panel.getByRole('link', { name: who.name, exact: true }).first().waitFor()
    assert.match(await page.getByRole('status').innerText(), /\d+ (person|people)/)
    await visitor.check()
    assert.equal(new URL(page.url()).pathname, '/')
    await page.keyboard.press('ArrowDown')
    assert.match(await page.evaluate('document.activeElement.href'), /\/people\//)
    await page.keyboard.press('ArrowUp')
    assert.equal(await page.evaluate('document.activeElement.name'), 'q')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    assert.equal(await panel.isVisible(), false)
    assert.equal(await page.evaluate('document.activeElement.name'), 'q')

    await page.keyboard.type(' ')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('no')
    await page.waitForTimeout(400)
    assert.equal(await panel.isVisible(), false, 'too little was typed')
    await page.keyboard.type('body of that name')
    await panel.getByText('Nothing in the register is like that').waitFor()
    await page.keyboard.press('Control+A')
    await page.keyboard.type(who.telephone)
    await panel.getByRole('link', { name: who.name, exact: true }).first().waitFor()
    await visitor.follow(() => page.keyboard.press('Enter'))
    assert.equal(new URL(page.url()).pathname, '/search')
  })

  once('on the page of results they change while one types', 'officer', async (visitor, server) => {
    await visitor.goto('/')
    const who = await caller(server)
    await search(visitor, 'nobody of that name')
    await visitor.page.getByRole('searchbox').fill(who.telephone)
    await group(visitor, 'People').getByRole('link', { name: who.name, exact: true }).first().waitFor()
    assert.equal(await visitor.page.getByRole('heading', { level: 1 }).innerText(), 'Search')
    await visitor.check()
  })

  once('a session that has ended is asked for, and the search is not lost', 'viewer', async (visitor, server) => {
    await visitor.goto('/')
    const who = await caller(server)
    await visitor.context.clearCookies()
    await visitor.page.getByRole('searchbox').fill(who.telephone)
    await visitor.page.getByLabel('Password', { exact: true }).waitFor()
    await visitor.check()
    await visitor.page.getByLabel('E-mail address or username').fill(server.account('viewer').email)
    await visitor.page.getByLabel('Password', { exact: true }).fill(server.account('viewer').password)
    await visitor.press('Log in')
    await visitor.press('Send again')
    assert.match(await group(visitor, 'People').innerText(), new RegExp(who.name))
  })

  once('what was typed stands in no address and no log', 'officer', async (visitor, server) => {
    await visitor.goto('/')
    const who = await caller(server)
    await search(visitor, who.telephone)
    const fs = await import('node:fs')
    const log = fs.readFileSync(server.log, 'utf8')
    assert.ok(!log.includes(who.telephone) && !log.includes(encodeURIComponent(who.telephone)))
  })
})
