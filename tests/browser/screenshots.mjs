// Pictures of the main pages, for the README: node screenshots.mjs FOLDER
import fs from 'node:fs'
import path from 'node:path'

import { chromium } from 'playwright-core'

import { Server } from './support.mjs'

const folder = process.argv[2]
const DESK = { width: 1280, height: 1000 }
const PHONE = { width: 360, height: 900 }

const server = await Server.start({ homes: 300, settings: { TENANTRY_RATE_LIMIT: '0' } })
const browser = await chromium.launch({ executablePath: process.env.TENANTRY_CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] })
fs.mkdirSync(folder, { recursive: true })

async function pageOf(role, viewport = DESK) {
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/London' })
  const page = await context.newPage()
  await page.goto(server.url + '/log-in')
  if (role) {
    const { email, password } = server.account(role)
    await page.fill('#login', email)
    await page.fill('#password', password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(server.url + '/')
  }
  return page
}

async function take(page, name, fullPage = false) {
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage })
  console.log(name)
}

/** The first person with an alert, by way of the pages: from Today, or from a search. */
async function openSomebody(page) {
  const link = page.locator('main a[href^="/people/"]').first()
  await link.click()
  await page.waitForURL(/\/people\//)
  return page.url()
}

try {
  await take(await pageOf(null), 'log-in')

  const officer = await pageOf('officer')
  await take(officer, 'today')
  await officer.locator('#search').pressSequentially('smith', { delay: 30 })
  await officer.waitForTimeout(1000)
  await take(officer, 'search')
  await officer.goto(server.url + '/')
  const person = await openSomebody(officer)
  await take(officer, 'person')
  await officer.locator('main a[href^="/homes/"]').first().click()
  await officer.waitForURL(/\/homes\//)
  const home = officer.url()
  await take(officer, 'home')
  await officer.locator('main a[href^="/tenancies/"]').first().click()
  await officer.waitForURL(/\/tenancies\//)
  await take(officer, 'tenancy')
  await officer.goto(person + '/log')
  await take(officer, 'log')
  const phone = await pageOf('officer', PHONE)
  await phone.goto(new URL(home).origin + new URL(home).pathname + '/visit-sheet')
  await take(phone, 'visit-sheet', true)
  await phone.goto(server.url + '/')
  await phone.locator('main a[href^="/interactions/"]').first().click()
  await phone.waitForURL(/\/interactions\//)
  await take(phone, 'interaction')

  const manager = await pageOf('manager')
  await manager.goto(server.url + '/desk')
  await take(manager, 'desk')
  const records = await pageOf('records')
  await records.goto(server.url + '/records')
  await take(records, 'records')
  await records.goto(server.url + '/records/activity')
  await take(records, 'activity')
  const admin = await pageOf('admin')
  await admin.goto(server.url + '/administration/accounts')
  await take(admin, 'accounts')
} finally {
  await browser.close()
  await server.stop()
}
