// The real server on a demo landlord of its own, and a browser before it. Each page that a test opens is checked: no error
// on the console, nothing that the content security policy had to stop, and no accessibility violation (axe-core, WCAG 2.2
// AA). What a test does is done with JavaScript and without, on a phone and on a desk.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import test, { after, before } from 'node:test'

import { chromium } from 'playwright-core'

const require = createRequire(import.meta.url)
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const BINARY = process.env.TENANTRY_BINARY
const CHROMIUM = process.env.TENANTRY_CHROMIUM ?? '/usr/bin/chromium-headless-shell'

const PHONE_WIDTH = 360

/** How a page is looked at. */
export const VARIANTS = [
  { name: 'JavaScript, desk', javaScriptEnabled: true, viewport: { width: 1280, height: 900 } },
  { name: 'JavaScript, phone', javaScriptEnabled: true, viewport: { width: PHONE_WIDTH, height: 740 } },
  { name: 'no JavaScript, desk', javaScriptEnabled: false, viewport: { width: 1280, height: 900 } },
  { name: 'no JavaScript, phone', javaScriptEnabled: false, viewport: { width: PHONE_WIDTH, height: 740 } },
]

export class Server {
  /** A demo landlord of that many homes, served; settings are TENANTRY_… variables. */
  static async start({ homes = 60, settings = {} } = {}) {
    const server = new Server()
    server.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tenantry-browser-'))
    server.data = path.join(server.folder, 'data')
    server.environment = {
      ...process.env, TENANTRY_PASSWORD_MEMORY_MIB: '19', TENANTRY_PASSWORD_PASSES: '2', TENANTRY_RATE_LIMIT: '0', ...settings,
    }
    server.command('demo', '--homes', String(homes))
    server.accounts = JSON.parse(fs.readFileSync(path.join(server.data, 'demo-accounts.json'), 'utf8'))
    await server.listen()
    return server
  }

  /** Runs a command of the program on this data folder; what it wrote. */
  command(...words) {
    const done = spawnSync(BINARY, [...words, '--data', this.data], { env: this.environment, encoding: 'utf8' })
    assert.equal(done.status, 0, `${words.join(' ')}: ${done.stderr}`)
    return done.stdout
  }

  async listen() {
    this.log = path.join(this.folder, 'log')
    this.process = spawn(BINARY, ['serve', '--data', this.data, '--listen', '127.0.0.1:0'],
      { env: this.environment, stdio: ['ignore', 'pipe', fs.openSync(this.log, 'a')] })
    this.url = await new Promise((resolve, reject) => {
      let written = ''
      this.process.stdout.on('data', (chunk) => {
        written += chunk
        const found = written.match(/listening on (http:\S+)/)
        if (found) resolve(found[1])
      })
      this.process.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
  }

  account(role) {
    return this.accounts.find((one) => one.role === role)
  }

  /** A new session of that role's account, logged in to without a browser: its cookie, "name=value". */
  async session(role) {
    const { email, password } = this.account(role)
    return this.sessionOf(email, password)
  }

  async sessionOf(login, password) {
    const entered = await fetch(this.url + '/log-in', {
      method: 'POST', redirect: 'manual', body: new URLSearchParams({ login, password }),
    })
    assert.equal(entered.status, 303)
    return entered.headers.getSetCookie()[0].split(';')[0]
  }

  /** Stops it, and says so if it complained of a page or did not end well. */
  async stop() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.kill('SIGTERM')
    const code = await ended
    const log = fs.readFileSync(this.log, 'utf8')
    fs.rmSync(this.folder, { recursive: true })
    assert.equal(code, 0, log.slice(-2000))
    assert.ok(!log.includes('a page lacks a value'), log.split('\n').filter((line) => line.includes('lacks')).slice(0, 5).join('\n'))
  }
}

/** A browser's window that checks what it is shown. */
export class Visitor {
  constructor(server, context, variant) {
    this.server = server
    this.context = context
    this.variant = variant
    this.problems = []
  }

  async open() {
    this.context.setDefaultTimeout(15_000)
    this.page = await this.context.newPage()
    this.page.on('console', (message) => {
      // A form that is sent back with errors is no mistake of the page, but the browser says so.
      if (message.type() === 'error' && !/status of (400|401|403|404|409|429)/.test(message.text())) {
        this.problems.push(`console: ${message.text()}`)
      }
    })
    this.page.on('pageerror', (error) => this.problems.push(`script: ${error.message}`))
    this.page.on('dialog', (dialog) => {
      // A page asks before a text that was not sent is left.
      if (dialog.type() === 'beforeunload') return dialog.accept()
      this.problems.push(`a planted script ran: ${dialog.message()}`)
      return dialog.dismiss()
    })
    return this
  }

  async goto(path) {
    const response = await this.page.goto(this.server.url + path)
    await this.check()
    return response
  }

  async logIn(role) {
    const { email, password } = this.server.account(role)
    await this.goto('/log-in')
    await this.page.getByLabel('E-mail address or username').fill(email)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.press('Log in')
  }

  /** Is logged in from here on, on no page yet: that of the log-in has its own tests. */
  async enter(role) {
    const [name, value] = (await this.server.session(role)).split('=')
    await this.context.addCookies([{ name, value, url: this.server.url }])
  }

  /** Presses the button of that name and waits for the page that follows. */
  async press(name, within = this.page.locator('main')) {
    await this.follow(() => within.getByRole('button', { name }).first().click())
  }

  /** Follows the link of that name. */
  async click(name, within = this.page.locator('main')) {
    await this.follow(() => within.getByRole('link', { name }).first().click())
  }

  /** Does what leads to another page, and looks at it. */
  async follow(act) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: 'load' }), act()])
    await this.check()
  }

  /** The page fits its window, passes axe-core and had nothing stopped. */
  async check() {
    const where = new URL(this.page.url()).pathname
    const overflow = await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    if (overflow > 0) {
      this.problems.push(`${where} is ${overflow} px wider than its window`)
    }
    this.problems.push(...(await this.violations()).map((text) => `${where} axe ${text}`))
    assert.deepEqual(this.problems, [], `${this.variant.name} ${where}`)
  }

  /**
   * What axe-core says. Without JavaScript it cannot run here: it is shown the same page elsewhere, with our script left out; on a
   * phone alone, for at a desk that page is the same one that was looked at with JavaScript.
   */
  async violations() {
    if (this.variant.javaScriptEnabled) {
      return violationsIn(this.page)
    }
    if (this.variant.viewport.width > PHONE_WIDTH) {
      return []
    }
    const [html, url] = [await this.page.content(), this.page.url()]
    this.mirror ??= await (await browser.newContext({ viewport: this.variant.viewport })).newPage()
    await this.mirror.unrouteAll()
    await this.mirror.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
    await this.mirror.route(url, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
    await this.mirror.goto(url)
    return violationsIn(this.mirror)
  }

  async text() {
    return this.page.locator('main').innerText()
  }

  /** Another browser, as this one is. */
  async other() {
    const context = await newContext(this.variant)
    return new Visitor(this.server, context, this.variant).open()
  }

  async close() {
    await this.mirror?.context().close()
    await this.context.close()
    assert.deepEqual(this.problems, [])
  }
}

/**
 * Pages that axe-core found nothing in. One that differs in its hidden fields, in what its texts say or in where its links lead, and is
 * as wide, is not looked at again: no rule that is run tells them apart.
 */
const sound = new Set()

function fingerprint(html, { width }) {
  const elements = html.replace(/<input type="hidden"[^>]*>/g, '')
    .replace(/>[^<]*[^<\s][^<]*/g, '>text')
    .replace(/ (action|href|value)="[^"]+"/g, ' $1')
  return crypto.createHash('sha256').update(`${width} ${elements}`).digest('base64')
}

async function violationsIn(page) {
  const shown = fingerprint(await page.content(), page.viewportSize())
  if (sound.has(shown)) {
    return []
  }
  const found = await axe(page)
  if (found.length === 0) sound.add(shown)
  return found
}

async function axe(page) {
  return page.evaluate(`(async () => {
    ${AXE};
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'],
    })
    return violations.map((one) => [one.id, one.help, ...one.nodes.slice(0, 3).map((node) => node.html)].join(' | '))
  })()`)
}

let browser

function newContext(variant) {
  return browser.newContext({
    javaScriptEnabled: variant.javaScriptEnabled, viewport: variant.viewport, locale: 'en-GB', timezoneId: 'Europe/London',
  })
}

/** Tests of one server: `define(each)` adds them. */
export function serverTests(options, define) {
  const state = {}
  before(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
    state.server = await Server.start(options)
  })
  after(async () => {
    await browser?.close()
    await state.server?.stop()
  })
  const visit = async (variant, role, task) => {
    const context = await newContext(variant)
    const visitor = await new Visitor(state.server, context, variant).open()
    try {
      if (role) await visitor.enter(role)
      await task(visitor, state.server)
      assert.deepEqual(visitor.problems, [])
    } finally {
      await visitor.mirror?.context().close()
      await context.close()
    }
  }
  define({
    /** The task for that role (null: nobody is logged in), in every variant. */
    everywhere(name, role, task) {
      for (const variant of VARIANTS) {
        test(`${name} (${variant.name})`, () => visit(variant, role, task))
      }
    },
    /** The task once, at a desk, with JavaScript or without. */
    once(name, role, task, { javaScript = true } = {}) {
      test(name, () => visit(VARIANTS[javaScript ? 0 : 2], role, task))
    },
    server: () => state.server,
  })
}
