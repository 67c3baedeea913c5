// A person: who they are, what officers are warned of, how to reach them; their work, jobs, consents and who has looked at
// their record; and what becomes of a record that was tampered with.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'

import { bringIn, HOME, MEMBER, PLANTED, select, TENANCY, TENANT, uuidOf, without } from './home_landlord.mjs'
import { serverTests } from './support.mjs'

/** Writes into the register behind the server's back. */
function tamper(server, sql) {
  const program = 'import sqlite3,sys\ndb = sqlite3.connect(sys.argv[1], timeout=20)\ndb.execute(sys.argv[2])\ndb.commit()'
  const done = spawnSync('python3', ['-c', program, path.join(server.data, 'register.db'), sql], { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
}

/** The uuid of a person of the demo landlord. */
function somebody(server, where) {
  const [[found]] = select(server, `SELECT hex(p.uuid) FROM person p WHERE ${where} ORDER BY p.id LIMIT 1`)
  return uuidOf(found.toLowerCase())
}

const main = (visitor) => visitor.page.locator('main')

serverTests({}, ({ everywhere, once, server }) => {
  let brought
  const landlord = () => (brought ??= bringIn(server()))

  for (const [role, run] of [['officer', everywhere], ['viewer', once]]) {
    run(`a ${role} sees who it is, what to be warned of and how to reach them`, role, async (visitor) => {
      await landlord()
      const response = await visitor.goto(`/people/${TENANT}`)
      assert.equal(response.status(), 200)
      assert.match(await visitor.page.title(), /^Person – /)
      const text = await visitor.text()
      const order = ["Mx <script>alert(1)</script> O'Brien", "Dog's bite", '+44 7700 900001', 'Next of kin'].map((one) => text.indexOf(one))
      assert.deepEqual(order, [...order].sort((a, b) => a - b), text)
      assert.ok(order.every((at) => at >= 0), text)
      assert.equal(await main(visitor).getByRole('link', { name: '+44 7700 900001' }).getAttribute('href'), 'tel:+447700900001')
      assert.equal(await main(visitor).getByRole('link', { name: 'tenant@example.org' }).first().getAttribute('href'), 'mailto:tenant@example.org')
      assert.match(text, /28 February 1950 aged 7\d/)
      assert.ok(await main(visitor).locator(`a[href="/homes/${HOME}"]`).count() > 0)
      assert.equal(await main(visitor).locator(`a[href="/tenancies/${TENANCY}"]`).count(), 1)
      assert.equal(await main(visitor).locator(`a[href="/people/${MEMBER}"]`).count() > 0, true)
      assert.ok(text.includes(`Kin ${PLANTED}`))
      // The first screen has who it is, the alert and a telephone.
      const telephone = await main(visitor).getByRole('link', { name: '+44 7700 900001' }).boundingBox()
      assert.ok(telephone.y + telephone.height < visitor.variant.viewport.height, `the telephone is at ${telephone.y}`)
      for (const [name, who] of [['Log an interaction', 'officer'], ['Change details', 'officer'], ['Add or remove alerts', 'officer'], ['Subject access report', 'records']]) {
        assert.equal(await main(visitor).getByRole('button', { name }).count(), who === role ? 1 : 0, name)
      }
    })
  }

  everywhere('work, jobs, consents and the record’s own history are a click away', 'admin', async (visitor, running) => {
    const worked = somebody(running, 'EXISTS (SELECT 1 FROM interaction i WHERE i.person_id = p.id AND i.closed_at IS NULL) AND EXISTS (SELECT 1 FROM interaction i WHERE i.person_id = p.id AND i.closed_at IS NOT NULL)')
    await visitor.goto(`/people/${worked}`)
    const nav = main(visitor).getByRole('navigation', { name: 'About this person' })
    await visitor.click('Interactions', nav)
    assert.match(await visitor.text(), /Open[\s\S]*Closed/)
    assert.ok(await main(visitor).locator('tbody a[href^="/interactions/"]').count() >= 2)
    await visitor.click('Jobs and consents', nav)
    assert.match(await visitor.text(), /Consents/)
    await visitor.click('Who has looked', nav)
    assert.match(await visitor.text(), /Demo Admin[\s\S]*Opened a person’s record/)
    const repaired = somebody(running, 'EXISTS (SELECT 1 FROM job_person j WHERE j.person_id = p.id)')
    await visitor.goto(`/people/${repaired}/jobs`)
    assert.ok(await main(visitor).locator('[aria-label="Jobs"] tbody tr').count() >= 1)
    const asked = somebody(running, 'EXISTS (SELECT 1 FROM consent c WHERE c.subject_uuid = p.uuid)')
    await visitor.goto(`/people/${asked}/jobs`)
    assert.match(await main(visitor).locator('[aria-label="Consents"]').innerText(), /Agreed|Declined/)
  })

  once('who may not is refused, and is shown no way there', 'viewer', async (visitor, running) => {
    await landlord()
    for (const below of ['/edit', '/alerts', '/activity']) {
      assert.equal((await visitor.goto(`/people/${TENANT}${below}`)).status(), 403, below)
    }
    assert.equal((await visitor.goto('/people/new')).status(), 403)
    assert.equal((await visitor.goto('/people/x')).status(), 404)
    assert.equal((await visitor.goto('/people/00000000-0000-4000-8000-000000000000')).status(), 404)
    await without(running, 'viewer', 'api.housing.interactions.view', async () => {
      await visitor.goto(`/people/${TENANT}`)
      assert.doesNotMatch(await visitor.text(), /Open work/)
      assert.equal((await visitor.goto(`/people/${TENANT}/interactions`)).status(), 403)
    })
    await without(running, 'viewer', 'api.housing.residents.view', async () => {
      for (const below of ['', '/interactions', '/jobs']) {
        assert.equal((await visitor.goto(`/people/${TENANT}${below}`)).status(), 403, below)
        assert.doesNotMatch(await visitor.text(), /O'Brien/)
      }
    })
  })

  // Last: the register stays damaged.
  once('what was tampered with is named as damaged, and the rest is shown', 'officer', async (visitor, running) => {
    await landlord()
    const id = TENANT.replaceAll('-', '').toUpperCase()
    tamper(running, `UPDATE person SET telephone_1 = telephone_2 WHERE hex(uuid) = '${id}'`)
    assert.equal((await visitor.goto(`/people/${TENANT}`)).status(), 200)
    const text = await visitor.text()
    assert.match(text, /This record is damaged/)
    assert.match(text, /Telephone\s+Damaged\s+This cannot be read/i)
    assert.match(text, /020 7946 0001/)
    assert.equal(await main(visitor).getByRole('button', { name: 'Change details' }).count(), 0)
    const refused = await visitor.context.request.get(`${running.url}/people/${TENANT}/edit`)
    assert.equal(refused.status(), 500)
    assert.match(await refused.text(), /This record is damaged/)
    tamper(running, `UPDATE person SET name = telephone_2 WHERE hex(uuid) = '${id}'`)
    await visitor.goto(`/people/${TENANT}`)
    assert.match(await visitor.text(), /^Name that cannot be read/)
  })
})
