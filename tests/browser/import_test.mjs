// A landlord's files come in, as an administrator brings them.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'

import { serverTests } from './support.mjs'

const AREAS = 'area_id,name\n'

serverTests({}, ({ everywhere, once, server }) => {
  let number = 0

  /** Puts a folder where the server looks for them; its name. */
  const put = (files, name = `folder-${number += 1}`) => {
    const folder = path.join(server().data, 'incoming', name)
    fs.mkdirSync(folder, { recursive: true })
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text)
    return name
  }

  /** Follows "Refresh" until nothing is going on. */
  const wait = async (visitor) => {
    for (let tries = 0; /is being/.test(await visitor.text()); tries += 1) {
      assert.ok(tries < 100)
      await visitor.page.waitForTimeout(100)
      await visitor.click('Refresh')
    }
  }

  once('where nothing waits, the page says how a folder gets there', 'admin', async (visitor) => {
    await visitor.goto('/administration')
    await visitor.click('Import')
    assert.match(await visitor.text(), /No folder waits[\s\S]*incoming/)
    await visitor.goto('/administration/import/progress')
    assert.match(await visitor.text(), /Nothing was checked or imported/)
  })

  everywhere('a folder is checked, then imported after being asked once more', 'admin', async (visitor) => {
    const name = put({ 'areas.csv': `${AREAS}${900 + number},North\n`, 'code_lists.csv': 'list,code,label\nsource,99,Post\n' })
    await visitor.goto('/administration/import')
    assert.match(await visitor.text(), new RegExp(`${name}[\\s\\S]*2 files[\\s\\S]*bytes`))
    await visitor.press(`Check ${name}`)
    await wait(visitor)
    assert.match(await visitor.text(), new RegExp(`No error was found in the files of ${name}[\\s\\S]*Areas\\s*1[\\s\\S]*Codes\\s*1`))
    await visitor.press('Import')
    assert.match(await visitor.text(), new RegExp(`Import ${name}\\?[\\s\\S]*nobody else can save`))
    await visitor.press('Import')
    await wait(visitor)
    assert.match(await visitor.text(), new RegExp(`${name} is imported[\\s\\S]*Areas\\s*1[\\s\\S]*Ended on`))
    assert.ok(!visitor.page.url().includes(name))
    await visitor.click('Import', visitor.page)
    assert.match(await visitor.text(), new RegExp(`${name} is imported`))
  })

  everywhere('what is wrong with the rows is listed, and no value of them', 'admin', async (visitor) => {
    const long = 'averylongnameofafile'.repeat(8)
    const rows = Array.from({ length: 60 }, (_, row) => `O'Secret${row},<script>alert(1)</script>\n`)
    const name = put({ 'areas.csv': AREAS + rows.join(''), [`${long} <script>alert(1)<script> O'Brien.csv`]: '' })
    await visitor.goto('/administration/import')
    await visitor.press(`Import ${name}`)
    await visitor.press('Import')
    await wait(visitor)
    const text = await visitor.text()
    assert.match(text, new RegExp(`${name} has errors[\\s\\S]*61 errors\\. Nothing was written`))
    assert.match(text, /areas\.csv\s*2\s*area_id\s*\S/)
    assert.ok(text.includes("O'Brien.csv") && !text.includes('Secret'))
    await visitor.click('Next')
    assert.match(await visitor.text(), /areas\.csv\s*61\s*area_id/)
    assert.equal(await visitor.page.locator('tbody tr').count(), 11)
  })

  once('the first thousand errors are listed', 'admin', async (visitor) => {
    const name = put({ 'areas.csv': AREAS + 'x,y\n'.repeat(1200) })
    await visitor.goto('/administration/import')
    await visitor.press(`Check ${name}`)
    await wait(visitor)
    assert.match(await visitor.text(), /These are the first 1,000 errors; there may be more/)
    await visitor.goto('/administration/import/progress?page=20')
    assert.match(await visitor.text(), /areas\.csv\s*1,001\s/)
  }, { javaScript: false })

  once('what is no plain folder is neither shown nor taken', 'admin', async (visitor) => {
    const incoming = path.join(server().data, 'incoming')
    const name = put({ 'areas.csv': AREAS })
    put({ 'areas.csv': AREAS }, `<script>alert(1)<script> O'Brien`)
    fs.symlinkSync('/etc', path.join(incoming, 'linked'))
    const inside = put({})
    fs.symlinkSync('/etc/passwd', path.join(incoming, inside, 'people.csv'))
    await visitor.goto('/administration/import')
    const text = await visitor.text()
    assert.ok(!text.includes('linked') && !text.includes("O'Brien"))
    assert.match(text, /Something else lies in/)
    await visitor.press(`Check ${inside}`)
    assert.match(await visitor.text(), /holds a link or another folder/)
    const forge = async (value) => {
      await visitor.goto('/administration/import')
      const button = visitor.page.getByRole('button', { name: `Check ${name}` })
      await button.locator('xpath=..').locator('[name=folder]').evaluate((field, to) => { field.value = to }, value)
      await visitor.press(`Check ${name}`)
      return visitor.text()
    }
    for (const value of ['../keys', '', `<script>alert(1)</script>`]) {
      assert.match(await forge(value), /There is a problem[\s\S]*no name of a folder/, value)
    }
    assert.match(await forge('linked'), /not there any more/)
  })

  once('while it runs the page can be left, other pages are read and no other folder can be started', 'admin', async (visitor) => {
    const rows = Array.from({ length: 40_000 }, (_, row) => `source,${100_000 + row},Post ${row}\n`)
    const large = put({ 'code_lists.csv': `list,code,label\n${rows.join('')}` })
    await visitor.goto('/administration/import')
    await visitor.press(`Import ${large}`)
    await visitor.press('Import')
    const running = await visitor.text()
    assert.match(running, new RegExp(`${large} is (being )?imported`))
    if (/is being/.test(running)) assert.match(running, /It goes on when you leave this page[\s\S]*Refresh/)
    await visitor.goto('/administration/import')
    if (/See how far it is/.test(await visitor.text())) {
      assert.equal(await visitor.page.getByRole('button', { name: /^(Check|Import) / }).count(), 0)
    }
    await visitor.goto('/administration/accounts')
    assert.match(await visitor.text(), /Demo Officer/)
    await visitor.goto('/administration/import/progress')
    await wait(visitor)
    assert.match(await visitor.text(), new RegExp(`${large} is imported[\\s\\S]*Codes\\s*40,000`))
  }, { javaScript: false })

  for (const role of ['manager', 'officer', 'records', 'viewer']) {
    once(`a ${role} imports nothing`, role, async (visitor) => {
      for (const page of ['/administration/import', '/administration/import/progress']) {
        const response = await visitor.goto(page)
        assert.equal(response.status(), 403, page)
      }
      for (const page of ['/administration/import', '/administration/import/check', '/administration/import/confirm']) {
        const status = await visitor.page.evaluate(async (to) => (await fetch(to, {
          method: 'POST', body: new URLSearchParams({ folder: 'folder-1', csrf_token: 'none' }),
        })).status, page)
        assert.equal(status, 403, page)
      }
    })
  }
})
