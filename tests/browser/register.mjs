// What a test looks up in the register of its own server, beside the pages: whom to go to, and what was stored.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const READ = `
import json, sqlite3, sys
with sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True) as database:
    print(json.dumps(database.execute(sys.argv[2]).fetchall()))`

/** The rows of a query; a uuid is to be asked for as lower(hex(uuid)). */
export function rows(server, query) {
  const done = spawnSync('python3', ['-c', READ, path.join(server.data, 'register.db'), query], { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
  return JSON.parse(done.stdout)
}

export function count(server, table) {
  return rows(server, `SELECT count(*) FROM ${table}`)[0][0]
}

/** "0011…" with the dashes of a uuid. */
export function uuidOf(hex) {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Somebody who lives in the demo officer's patch: with an alert or without one at their home. */
export function somebody(server, { alert = false } = {}) {
  const flags = alert ? 'cautionary_alert = 1' : 'cautionary_alert = 0 AND property_cautionary_alert = 0'
  const [[hex]] = rows(server, `SELECT lower(hex(uuid)) FROM person WHERE property_id IS NOT NULL AND ${flags} ORDER BY id LIMIT 1`)
  return uuidOf(hex)
}
