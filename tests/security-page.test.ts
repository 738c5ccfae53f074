import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ROLES } from '../src/protection/actor.ts'
import { ACTIONS, type Action, may } from '../src/protection/may.ts'

const PAGE = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8')

/** The table under "Who may do what", action by action. */
function written(): Map<string, Record<string, boolean>> {
  const rows = PAGE.split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const first = rows.findIndex(([head]) => head === 'action')
  const [, ...roles] = rows[first] ?? []
  expect(roles).toEqual([...ROLES])
  const said = new Map<string, Record<string, boolean>>()
  for (const [actions = '', ...cells] of rows.slice(first + 2)) {
    if (cells.length !== roles.length || !cells.every((cell) => cell === 'yes' || cell === '-')) break
    const byRole = Object.fromEntries(roles.map((role, n) => [role, cells[n] === 'yes']))
    for (const action of actions.split(', ')) said.set(action, byRole)
  }
  return said
}

test('Y10 the page says of every action and every role what the policy says', () => {
  const said = written()
  expect([...said.keys()].sort()).toEqual([...ACTIONS].sort())
  const wrong: string[] = []
  for (const action of ACTIONS)
    for (const role of ROLES) {
      const actor = {
        organisation: 'org_a',
        person: 'per_a',
        roles: [role],
        pass: '',
        cases: [],
        compartments: [],
      }
      const allowed = may(actor, action as Action, { organisation: 'org_a', level: 'organisation' })
      if (said.get(action)?.[role] !== allowed) wrong.push(`${action} ${role}: ${allowed}`)
    }
  expect(wrong).toEqual([])
})
