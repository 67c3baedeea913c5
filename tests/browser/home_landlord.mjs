// A small landlord beside the demo's, for the pages about homes: names and texts that would run if a page did not escape
// them, long ones, a home that nobody lives in; and what the demo's register has.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export const PLANTED = '<script>alert(1)</script>'

const uuid = (number) => `6f1f4a3e-8f0e-4b56-9a51-${String(number).padStart(12, '0')}`
export const HOME = uuid(1)
export const EMPTY = uuid(2)
export const TENANT = uuid(11)
export const MEMBER = uuid(12)
export const MOVED_OUT = uuid(13)
export const TENANCY = uuid(21)
export const FORMER = uuid(22)

const UPRN = '99900000001'
const TAG = '9990001/01'
const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(3)

function write(folder, name, rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (value) => `"${String(value ?? '').replaceAll('"', '""')}"`
  const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))]
  fs.writeFileSync(path.join(folder, `${name}.csv`), lines.join('\r\n') + '\r\n')
}

function day(back) {
  return new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
}

/** Imports it into the server's register, and names the tenant's next of kin as Hackney's clients do. */
export async function bringIn(server) {
  const folder = path.join(server.folder, 'landlord')
  fs.mkdirSync(folder)
  write(folder, 'code_lists', [{ list: 'alert_type', code: '99', label: `Dog's bite ${PLANTED}` }])
  write(folder, 'properties', [
    { property_uuid: HOME, uprn: UPRN, property_reference: `REF ${PLANTED}`, address_line_1: `1 O'Hara ${PLANTED} Court`, city: 'Hackney', postcode: 'E8 1EA' },
    { property_uuid: EMPTY, address_line_1: '2 Empty Court', city: 'Hackney', postcode: 'E8 1EA' },
  ])
  write(folder, 'tenancies', [
    { tenancy_uuid: TENANCY, tag_reference: TAG, payment_reference: '228999001', uprn: UPRN, tenure_code: 'SEC', start_date: '2015-04-06', terminated: 'false', present: 'true', current_balance: '123.45', rent: '101.50', benefit: '20.00', direct_debit: PLANTED, account_type: '1', agreement_type: 'M' },
    { tenancy_uuid: FORMER, tag_reference: '9990001/02', uprn: UPRN, start_date: '2001-04-02', end_date: '2015-04-05', terminated: 'true', present: 'false' },
  ])
  const people = [
    { person_uuid: TENANT, title: 'Mx', first_name: PLANTED, last_name: "O'Brien", date_of_birth: '1950-02-28', email: 'tenant@example.org', telephone_1: '+44 7700 900001', telephone_2: '020 7946 0001', uprn: UPRN, tag_reference: TAG, responsible: 'true', relationship: `Tenant ${PLANTED}`, disabled: 'true' },
    { person_uuid: MEMBER, first_name: LONG, last_name: LONG, uprn: UPRN, tag_reference: TAG },
    { person_uuid: MOVED_OUT, first_name: 'Moved', last_name: 'Away', uprn: UPRN },
  ]
  write(folder, 'people', people)
  write(folder, 'alerts', [{ alert_uuid: uuid(31), person_uuid: TENANT, uprn: UPRN, type_code: '99', created_at: '2026-03-01T12:00:00Z' }])
  // 120 lines: three pages. The last is today's, and each but the first is a payment of what the one before charged.
  const lines = Array.from({ length: 120 }, (_, at) => ({
    transaction_uuid: uuid(1000 + at), tag_reference: TAG, type: at % 2 ? 'RPO' : 'DBR', posted_on: day(119 - at),
    amount: at % 2 ? '-100.00' : '100.00', description: at === 119 ? `Paid ${PLANTED}` : 'Line',
  }))
  write(folder, 'transactions', lines)
  server.command('import', folder)
  fs.rmSync(folder, { recursive: true })
  fs.mkdirSync(folder)
  write(folder, 'people', people.slice(2).map((person) => ({ ...person, uprn: '' })))
  server.command('import', folder)
  const token = server.command('token', '--role', 'service').trim()
  const named = await fetch(server.url + '/v1/Contacts/UpdateNextOfKin', {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ contactID: TENANT, nextOfKinName: `Kin ${PLANTED}`, nextOfKinRelationship: 'Sister', nextOfKinMobile: '07700 900002' }),
  })
  assert.equal(named.status, 204)
}

/** What a statement finds in the register that is served. */
export function select(server, sql) {
  const program = 'import json,sqlite3,sys\n'
    + 'db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)\n'
    + 'print(json.dumps([[c.hex() if isinstance(c, bytes) else c for c in row] for row in db.execute(sys.argv[2])]))'
  const done = spawnSync('python3', ['-c', program, path.join(server.data, 'register.db'), sql], { encoding: 'utf8' })
  assert.equal(done.status, 0, done.stderr)
  return JSON.parse(done.stdout)
}

export function uuidOf(hex) {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Takes a permission from the role's account, and gives it back after the task. */
export async function without(server, role, permission, task) {
  const call = async (token, method, path, body, csrf) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }), ...(csrf && { 'X-CSRF-Token': csrf }) },
      body: body && JSON.stringify(body),
    })
    assert.equal(answer.status, 200, `${path}: ${answer.status}`)
    return answer.json()
  }
  const { email, password } = server.account('admin')
  const { token } = await call(null, 'POST', '/api/auth/login', { email, password })
  const [[id]] = select(server, `SELECT a.id FROM account a JOIN role r ON r.id = a.role_id WHERE r.name = '${role}' ORDER BY a.id LIMIT 1`)
  const change = async (action) => {
    const { data } = await call(token, 'GET', '/api/security/csrf-token')
    await call(token, 'PUT', '/api/users/permissions', { action, user_id: id, permissions: [permission] }, data.token)
  }
  await change('revoke')
  try {
    await task()
  } finally {
    await change('grant')
  }
}
