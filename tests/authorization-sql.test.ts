import { writeFileSync } from 'node:fs'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, sees } from './authorization/oracle.ts'
import { endMemberships, makeWorld, type World } from './authorization/world.ts'
import { testWorkspace } from './workspace.ts'

/** One asker in so many, as in authorization.test.ts. */
const ONE_IN = Number(process.env.RAPPORTEUR_CELLS_ONE_IN ?? 29) === 1 ? 1 : 7
const FIGURES = process.env.RAPPORTEUR_FIGURES
const figures = { cells: 0, leaks: 0, wrongRefusals: 0 }

/** What a table holds that is not plain content, said once more and by itself. */
const HOUSE = [
  'organisation',
  'person',
  'membership',
  'setting',
  'ledger_inbox',
  'ledger_entry',
  'ledger_tile',
  'ledger_checkpoint',
]
const NOBODYS = ['session', 'context_key', 'account', 'passkey', 'invitation', 'attempt', 'attempt_salt']
const AUDITED = ['opening', 'export']
const ADMINISTERED = ['reset_proposal', 'training']
/** For those who are trained for it, and nobody is here. */
const FOR_THE_TRAINED = ['sensitive_form']
/** Never altered by whoever serves people, nor emptied. */
const NEVER_WRITTEN = [
  'organisation',
  'ledger_entry',
  'ledger_tile',
  'ledger_checkpoint',
  'opening',
  'export',
  'visibility_class',
]
const ONLY_ADDED = ['revision', 'ledger_inbox']

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let world: World
let tables: string[]
/** How many rows of each table stand where. */
const standing = new Map<string, Group[]>()

interface Group {
  organisation: string
  level: number
  case: string | null
  /** Of a draft whose it is; of a revision whether it is a membership, which all of us may know of. */
  person: string | null
  n: number
}

beforeAll(async () => {
  workspace = await testWorkspace()
  world = await makeWorld(workspace)
  await endMemberships(workspace, world)
  const { owner } = workspace.database
  const { rows } = await owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'rapporteur' and tablename <> 'migration' order by 1",
  )
  tables = rows.map(({ name }) => name)
  for (const table of tables) standing.set(table, await groupsIn(owner, table))
})
afterAll(async () => {
  if (FIGURES !== undefined) writeFileSync(`${FIGURES}.sql`, JSON.stringify(figures))
  await workspace?.close()
})

async function groupsIn(client: Pick<PoolClient, 'query'>, table: string): Promise<Group[]> {
  const person =
    table === 'draft'
      ? 'person'
      : table === 'revision'
        ? "case when kind in ('membership', 'training') then 'membership' end"
        : 'null::text'
  const { rows } = await client.query<Group>(
    `select organisation, level, "case", ${person} as person, count(*)::int as n from ${table} group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  )
  return rows
}

/** Whether this person may see rows of a table that stand there. */
function maySee(asker: World['askers'][number], table: string, group: Group, opened: boolean): boolean {
  const { actor, role } = asker
  if (NOBODYS.includes(table) || group.organisation !== actor.organisation) return false
  if (HOUSE.includes(table)) return true
  if (FOR_THE_TRAINED.includes(table)) return false
  if (AUDITED.includes(table)) return role === 'auditor' || role === 'administrator'
  if (ADMINISTERED.includes(table)) return role === 'administrator'
  if (table === 'revision' && group.person === 'membership') return true
  if (table === 'draft' && group.person !== actor.person) return false
  // Another organisation has nothing of its own here but its people.
  const theirs: Asker = { ...asker, ours: true }
  if (group.level === 0) return sees(theirs, 'public')
  if (group.level === 1) return sees(theirs, 'organisation')
  if (group.level === 2) return sees(theirs, 'team')
  return sees(theirs, opened ? 'case' : 'case left shut')
}

async function within<Result>(
  client: PoolClient,
  work: () => Promise<Result>,
): Promise<{ done: Result } | { code: string }> {
  await client.query('savepoint here')
  try {
    return { done: await work() }
  } catch (error) {
    return { code: error instanceof Error && 'code' in error ? String(error.code) : String(error) }
  } finally {
    await client.query('rollback to savepoint here')
  }
}

describe('authorization by SQL as the role that serves people', () => {
  test('P20 P22 P23 every table is read and written by each person exactly as far as they may', async () => {
    const faults: string[] = []
    const caseId = world.ground('case').caseId ?? ''
    const foreign = workspace.actor.organisation
    const askers = world.askers.filter((one, n) => one.live && one.member && n % ONE_IN === 0)
    for (const asker of askers) {
      for (const opened of asker.on ? [true, false] : [false]) {
        const client = await workspace.database.runtime.connect()
        try {
          await client.query('begin')
          await client.query('select enter($1, $2, $3)', [asker.actor.pass, opened ? [caseId] : [], 'a test'])
          for (const table of tables) {
            const who = `${table} by ${asker.ours ? 'our' : 'their'} ${asker.role}${asker.on ? ' on it' : ''}${opened ? ', case open' : ''}`
            const all = standing.get(table) ?? []
            // What this very transaction wrote down of the opening is its own.
            const visible = all.filter((group) => maySee(asker, table, group, opened))
            const total = visible.reduce((sum, { n }) => sum + n, 0)
            const read = await within(client, () => groupsIn(client, table))
            figures.cells += 1
            if (NOBODYS.includes(table)) {
              if (!('code' in read && read.code === '42501')) faults.push(`leak: ${who} was read`)
              continue
            }
            const seen = 'done' in read ? read.done : []
            const own = opened && table === 'opening' ? 1 : 0
            const shown = seen.reduce((sum, { n }) => sum + n, 0)
            if (shown > total + (total > 0 || own ? own : 0))
              faults.push(`leak: ${who} shows ${shown} of ${total}`)
            if (shown < total) faults.push(`wrong refusal: ${who} shows ${shown} of ${total}`)
            for (const group of seen)
              if (!maySee(asker, table, group, opened))
                faults.push(`leak: ${who} shows ${JSON.stringify(group)}`)
            const changed = await within(client, async () => {
              return (await client.query(`update ${table} set level = level`)).rowCount ?? 0
            })
            figures.cells += 1
            const fixed = NEVER_WRITTEN.includes(table) || ONLY_ADDED.includes(table)
            if (fixed && !('code' in changed)) faults.push(`leak: ${who} could be altered`)
            if ('done' in changed && changed.done > shown)
              faults.push(`leak: ${who} altered ${changed.done} of ${shown}`)
            for (const sql of [
              `update ${table} set organisation = 'org_nobody'`,
              // Who works here is known to all of us, whatever level stands beside it.
              ...(HOUSE.includes(table)
                ? []
                : [`update ${table} set level = 3, "case" = 'cas_of_somebody_else'`]),
              `insert into ${table} (organisation) values ('${foreign === asker.actor.organisation ? 'org_nobody' : foreign}')`,
              `truncate ${table}`,
            ]) {
              const done = await within(client, async () => (await client.query(sql)).rowCount ?? 0)
              figures.cells += 1
              if ('done' in done && done.done > 0) faults.push(`leak: ${who} let through ${sql}`)
            }
            const emptied = await within(
              client,
              async () => (await client.query(`delete from ${table}`)).rowCount ?? 0,
            )
            figures.cells += 1
            if ('done' in emptied && emptied.done > shown)
              faults.push(`leak: ${who} emptied ${emptied.done} of ${shown}`)
          }
        } finally {
          await client.query('rollback')
          client.release()
        }
      }
    }
    figures.leaks += faults.filter((one) => one.startsWith('leak')).length
    figures.wrongRefusals += faults.filter((one) => one.startsWith('wrong')).length
    expect(faults.slice(0, 30)).toEqual([])
  })

  test('P21 whoever is no member, or whose session ended, enters nowhere, and is shown nothing without entering', async () => {
    const gone = world.askers.filter(({ live, member }) => !live || !member)
    for (const { actor } of gone) {
      const entered = await workspace.database.runtime.query("select enter($1, '{}', '')", [actor.pass]).then(
        () => 'entered',
        ({ code }) => code,
      )
      expect(entered).toBe('28000')
      figures.cells += 1
    }
    for (const table of tables.filter((one) => !NOBODYS.includes(one))) {
      const { rows } = await workspace.database.runtime.query(`select 1 from ${table}`)
      expect([table, rows.length]).toEqual([table, 0])
      figures.cells += 1
    }
  })

  /** Every function that the role may run, asked as unkindly as it can be; `$1` is the word, `$2` ids of all records. */
  const CALLS: Readonly<Record<string, (world: World) => string[]>> = {
    context: () => ['select context()'],
    context_place: () => ['select context_place()'],
    current_organisation: () => ['select current_organisation()'],
    current_person: () => ['select current_person()'],
    current_level: () => ['select current_level()'],
    current_roles: () => ['select current_roles()'],
    current_compartments: () => ['select current_compartments()'],
    visible_classes: () => ['select s.text from searched s where s.class = any(visible_classes())'],
    may_see: ({ ground }) => [
      `select s.* from source s where may_see(3::smallint, '${ground('case').caseId}')`,
    ],
    name_class: ({ ground }) => [
      `select name_class(3::smallint, '${ground('case').caseId}')`,
      `select name_class(2::smallint, '${ground('team').ids.dossier}')`,
    ],
    found_compartment: ({ ground }) => [
      `select found_compartment('${ground('case').caseId}', true), (select json_agg(s) from source s)`,
      `select found_compartment('${ground('team').ids.dossier}', false), (select json_agg(s) from source s)`,
    ],
    enter: ({ askers, ground }) => [
      `select enter('guessed', '{}', 'x')`,
      `select enter('${askers.find((one) => one.ours && !one.member)?.actor.pass}', '{${ground('case').caseId}}', 'x'), (select json_agg(s) from source s)`,
    ],
    my_cases: () => ['select * from my_cases()'],
    search_lines: ({ grounds }) =>
      grounds.map(
        ({ word, ids }) =>
          `select search_lines('${JSON.stringify({ any: `'${word.toLowerCase()}'`, source: ids.source, classes: [0, 1, 2, 3, 4, 5] })}')`,
      ),
    search_fold: () => ["select search_fold('x')"],
    search_joined: () => ["select search_joined('x')"],
    search_letters: () => ["select search_letters('x')"],
    search_plain: () => ["select search_plain('x')"],
    lift_revisions: ({ grounds }) => [
      `select lift_revisions('{${grounds.map(({ ids }) => ids.source).join(',')}}'), (select json_agg(r) from revision r)`,
    ],
    hold_back: ({ ground }) => [
      `select hold_back('[{"record": "${ground('organisation').ids.source}", "n": 1}]', 3::smallint, '${ground('case').caseId}'), (select json_agg(r) from revision r)`,
    ],
    some_hidden: ({ grounds }) => [
      `select some_hidden('{${grounds.map(({ ids }) => ids.source).join(',')}}') is not null`,
    ],
    commitments_in: () => ['select c.* from ledger_entry e, commitments_in(array[e.entry]) c'],
    withheld_of: ({ grounds }) => [
      `select * from withheld_of('{${grounds.flatMap(({ ids }) => [ids.source, ids.one, ids.matter]).join(',')}}')`,
    ],
    team_stands: ({ ground }) => [`select team_stands('${ground('team').ids.dossier}')`],
    case_codes: ({ ground }) => [`select * from case_codes('{${ground('case').caseId}}')`],
    log_export: () => ["select log_export('x', 'y', 'z'), (select json_agg(e) from export e)"],
    exports_of: ({ grounds }) => [
      `select * from exports_of('{${grounds.flatMap(({ ids }) => [ids.source, ids.dossier]).join(',')}}')`,
    ],
    my_reset: () => ['select * from my_reset()'],
    withdraw_reset: ({ askers }) => askers.map(({ actor }) => `select withdraw_reset('${actor.person}')`),
    erase_people: ({ askers }) =>
      askers.map(({ actor }) => `select erase_people('${actor.organisation}', '{${actor.person}}')`),
    write_use: () => ["select write_use('x', 'use_0', 'x', '{}', 'ent_0', 0, now(), 'x')"],
    new_id: () => ["select new_id('use')"],
    canonical_json: () => ["select canonical_json('{}')"],
    noun_tables: () => ['select noun_tables()'],
    noun_keys: () => ['select * from noun_keys()'],
    named_by: ({ grounds }) => [
      `select named_by('${workspace.actor.organisation}', '{${grounds.map(({ ids }) => ids.matter).join(',')}}')`,
    ],
    erasure_reach: ({ grounds }) => [
      `select erasure_reach('${workspace.actor.organisation}', '{${grounds.map(({ ids }) => ids.source).join(',')}}', true)`,
    ],
    erase_confirmed: () => ["select erase_confirmed('ers_none'), (select json_agg(s) from source s)"],
    is_trained: () => ['select is_trained()'],
    what_concerns: ({ ground }) => [`select what_concerns('${ground('case').ids.person}')`],
    concerning: ({ ground }) => [
      `select * from concerning('${workspace.actor.organisation}', '{${ground('case').ids.person}}')`,
    ],
    leave_by: ({ grounds }) => [
      `select leave_by('${JSON.stringify({ records: grounds.flatMap(({ ids }) => [ids.source, ids.one]), purpose: 'court', recipient: 'court', identifiability: 'initials', output: 'x', asking: true })}')`,
    ],
    my_case_tasks: () => ['select * from my_case_tasks()'],
    administered: () => ['select administered()'],
    become_organisation: () => ["select become_organisation('x')"],
    end_sessions: ({ askers }) => [`select end_sessions('${askers[0]?.actor.person}')`],
    is_last_on_something: ({ askers }) => [`select is_last_on_something('${askers[0]?.actor.person}')`],
    make_account: ({ askers }) => [`select make_account('${askers[0]?.actor.person}', 'x')`],
    make_link: ({ askers }) => [`select make_link('${askers[0]?.actor.person}', 'x')`],
  }
  /** Read by the owner alone. */
  const HIDDEN = ['context_code', 'erase_records']

  test('P20 P23 every function has a row here, and shows nobody what they may not see', async () => {
    const { rows } = await workspace.database.owner.query<{ name: string }>(
      `select distinct p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'rapporteur' order by 1`,
    )
    const named = Object.keys(CALLS)
    expect(
      rows.map(({ name }) => name).filter((one) => !named.includes(one) && !HIDDEN.includes(one)),
    ).toEqual([])
    expect(named.filter((one) => !rows.some(({ name }) => name === one))).toEqual([])
    const faults: string[] = []
    const askers = world.askers.filter((one) => one.live && one.member && !one.on)
    for (const asker of askers) {
      const client = await workspace.database.runtime.connect()
      try {
        await client.query('begin')
        await client.query("select enter($1, '{}', '')", [asker.actor.pass])
        for (const [name, calls] of Object.entries(CALLS))
          for (const sql of calls(world)) {
            const answer = await within(client, async () => JSON.stringify((await client.query(sql)).rows))
            figures.cells += 1
            const text = 'done' in answer ? answer.done : ''
            for (const ground of world.grounds) {
              if (sees(asker, ground.place === 'case' ? 'case left shut' : ground.place)) continue
              for (const mark of [ground.word, ground.ids.one ?? ''])
                if (text.includes(mark))
                  faults.push(
                    `leak: ${name} shows our ${ground.place} to ${asker.ours ? 'our' : 'their'} ${asker.role}`,
                  )
            }
          }
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    figures.leaks += faults.length
    expect(faults).toEqual([])
  })
})
