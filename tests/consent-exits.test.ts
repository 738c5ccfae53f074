import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../src/protection/actor.ts'
import { IDENTIFIABILITIES } from '../src/protection/consent-codes.ts'
import { EXITS, type Exit, type Leaving, WITHIN_THE_CASE } from '../src/protection/exits.ts'
import { giveAccess } from '../src/protection/give-access.ts'
import { giveConsent } from '../src/protection/give-consent.ts'
import { addInterlocutor } from '../src/protection/keep-interlocutor.ts'
import { answerPublicReason, givePublicReason } from '../src/protection/public-reason.ts'
import { withdrawConsent } from '../src/protection/withdraw-consent.ts'
import type { Workspace } from '../src/storage/workspace.ts'
import {
  allow,
  inCase,
  lowered,
  NOBODY,
  somebodyTells,
  TAKE_OUT,
  TALK,
  TO_COURT,
  type Told,
  usesOnRecord,
} from './consent-people.ts'
import { somebody } from './people.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
/** On every case, and not on any. */
let colleague: Actor
let outsider: Actor

beforeAll(async () => {
  workspace = await testWorkspace()
  const { organisation } = workspace.actor
  const roles = ['monitor', 'verifier', 'editor', 'legal'] as const
  colleague = await somebody(workspace, { organisation, roles, name: 'A Colleague' })
  outsider = await somebody(workspace, { organisation, roles, name: 'Another Colleague' })
})
afterAll(() => workspace?.close())

const withdraw = (told: Told) =>
  inCase(workspace, told, (tx) =>
    withdrawConsent(tx, told.person, {
      grants: 'all',
      on: '2026-11-20',
      takenBy: null,
      words: '',
      due: '2026-12-01',
    }),
  )
const A_REASON = {
  purpose: 'court' as const,
  recipient: 'court' as const,
  identifiability: 'full_identity' as const,
  reason: 'All of it was said in public before.',
}
const reason = (told: Told, changes: Partial<Parameters<typeof givePublicReason>[2]> = {}) =>
  inCase(workspace, told, (tx) => givePublicReason(tx, told.person, { ...A_REASON, ...changes }))
const second = async (told: Told, id: string) => {
  await inCase(workspace, told, (tx) =>
    giveAccess(tx, {
      compartment: told.case,
      person: colleague.person,
      until: null,
      reason: 'Second reader.',
    }),
  )
  return inCase(workspace, told, (tx) => answerPublicReason(tx, id, { agree: true }), colleague)
}

/** Everything that is not the right leave. */
const FAULTS: Readonly<Record<string, (told: Told) => Promise<unknown>>> = {
  'nothing is known': async () => undefined,
  'it is over': (told) => allow(workspace, told, { to: '2026-11-01' }),
  'it has not begun': (told) => allow(workspace, told, { from: '2999-01-01' }),
  'it was withdrawn': async (told) => {
    await allow(workspace, told, {})
    await withdraw(told)
  },
  'it was refused': (told) => allow(workspace, told, { identifiability: 'none' }),
  'it was refused after it had been allowed': async (told) => {
    await allow(workspace, told, {})
    await allow(workspace, told, { identifiability: 'none' })
  },
  'the newest word is over, an older one is not': async (told) => {
    await allow(workspace, told, {})
    await allow(workspace, told, { to: '2026-11-01' })
  },
  'another purpose': (told) =>
    allow(workspace, told, { purpose: 'national_complaint' }, { purpose: 'public_report' }),
  'another recipient': (told) => allow(workspace, told, { recipient: 'lawyer' }, { recipient: 'public' }),
  'initials alone': (told) => allow(workspace, told, { identifiability: 'initials' }),
  'another name alone': (told) => allow(workspace, told, { identifiability: 'pseudonym' }),
  'the story alone': (told) => allow(workspace, told, { identifiability: 'anonymised_story' }),
  'a number alone': (told) => allow(workspace, told, { identifiability: 'aggregate_only' }),
  'narrowed later': async (told) => {
    await allow(workspace, told, {})
    await allow(workspace, told, { identifiability: 'pseudonym' })
  },
  'somebody else allowed it': (told) =>
    inCase(workspace, told, async (tx) => {
      const other = await addInterlocutor(tx, NOBODY)
      await giveConsent(tx, other.id, {
        allowed: [{ ...A_REASON, conditions: '', from: '2026-01-01', to: null }],
        talk: TALK,
      })
    }),
  'a public figure, a reason that nobody else read': (told) => reason(told),
  'a public figure, a reason for another purpose': async (told) => {
    const { id } = await reason(told, { purpose: 'media' })
    await second(told, id)
  },
  'a public figure, a reason for another recipient': async (told) => {
    const { id } = await reason(told, { recipient: 'government' })
    await second(told, id)
  },
  'a public figure, a reason that ended': async (told) => {
    const { id } = await reason(told)
    await second(told, id)
    await inCase(workspace, told, (tx) => answerPublicReason(tx, id, { end: 'They can be asked now.' }))
  },
  'a public figure who was asked since, and refused': async (told) => {
    const { id } = await reason(told)
    await second(told, id)
    await allow(workspace, told, { recipient: 'media', identifiability: 'none' })
  },
}

/** What lets it out, and by what. */
const LEAVES: Readonly<Record<string, (told: Told) => Promise<unknown>>> = {
  'the right leave': (told) => allow(workspace, told, {}),
  'the right leave, with a term': (told) => allow(workspace, told, { to: '2999-01-01' }),
  'allowed after it had been refused': async (told) => {
    await allow(workspace, told, { identifiability: 'none' })
    await allow(workspace, told, {})
  },
  'a public figure whom nobody could ask, a reason that two read': async (told) => {
    const { id } = await reason(told)
    await second(told, id)
  },
}

type Cell = [exit: Exit, fault: string]
const EVERY = Object.keys(EXITS) as Exit[]
const cells = (of: object): Cell[] => EVERY.flatMap((exit) => Object.keys(of).map((one): Cell => [exit, one]))
const within = (told: Told): Actor => ({ ...workspace.actor, cases: [told.case] })

/** What whoever has not opened the case is told: the same words, whatever is missing and of how many. */
const TOLD_OTHERS =
  'Nothing left, because consent is missing; ask those who keep the case, or leave out what concerns it.'

async function tryAll(told: Told, exit: Exit): Promise<void> {
  const take = (who: Actor, leaving: Leaving = TO_COURT) =>
    TAKE_OUT[exit](workspace as Workspace, told, who, leaving)
  const named = await take(within(told))
  expect([named.code, named.told]).toEqual(['consent_missing', false])
  for (const part of [told.pseudonym, 'court, to court, with full identity'])
    expect(named.sentence).toContain(part)
  expect(named.sentence).not.toContain(told.secret)
  // Without the case nothing of it is even there.
  expect((await take(outsider)).told).toBe(false)
  await lowered(workspace, told)
  const again = await take(within(told))
  expect([again.code, again.sentence]).toEqual([named.code, named.sentence])
  for (const who of [outsider, workspace.actor]) {
    const other = await take(who)
    expect([other.code, other.sentence, other.told]).toEqual(['consent_missing', TOLD_OTHERS, false])
  }
  // To call it a use within the case team helps nobody who has not opened the case.
  expect((await take(outsider, WITHIN_THE_CASE)).code).toBe('consent_missing')
}

describe('nothing leaves without leave', () => {
  test.each(cells(FAULTS))('P54 P55 %s: %s', async (exit, fault) => {
    const told = await somebodyTells(workspace)
    await FAULTS[fault]?.(told)
    await tryAll(told, exit)
    expect(await usesOnRecord(workspace, told.person)).toEqual([])
  })

  test.each(cells(LEAVES))('P54 P56 %s leaves with %s, and a use is on record', async (exit, leave) => {
    const told = await somebodyTells(workspace)
    await LEAVES[leave]?.(told)
    const here = await TAKE_OUT[exit](workspace, told, within(told), TO_COURT)
    expect([here.code, here.told]).toEqual([null, true])
    const [use, ...others] = await usesOnRecord(workspace, told.person)
    expect(others).toEqual([])
    expect(use).toMatchObject({
      case: told.case,
      person: workspace.actor.person,
      exit,
      purpose: 'court',
      recipient: 'court',
      recipientName: TO_COURT.recipientName,
      identifiability: 'full_identity',
      sha256: here.sha256,
      thing: exit === 'package' ? told.dossier : told.source,
      recallable: false,
    })
    expect(use?.grant !== null || use?.reason !== null).toBe(true)
    // Whoever is not on the case may use what was lowered by the same leave, and is written down too.
    await lowered(workspace, told)
    const there = await TAKE_OUT[exit](workspace, told, outsider, TO_COURT)
    expect([there.code, there.told]).toEqual([null, true])
    const uses = await usesOnRecord(workspace, told.person)
    expect(uses.map(({ person }) => person)).toEqual([workspace.actor.person, outsider.person])
  })

  test.each(EVERY)(
    'P57 %s within the case team needs the case open and no leave, and is written down',
    async (exit) => {
      const told = await somebodyTells(workspace)
      const out = await TAKE_OUT[exit](workspace, told, within(told), WITHIN_THE_CASE)
      expect([out.code, out.told]).toEqual([null, true])
      expect(await usesOnRecord(workspace, told.person)).toMatchObject([
        { recipient: 'case_team', grant: null, reason: null, recallable: true },
      ])
    },
  )

  test.each(EVERY)('P58 %s with conditions: read first, by somebody who can see them', async (exit) => {
    const told = await somebodyTells(workspace)
    await allow(workspace, told, { conditions: 'Not before my sister has left.' })
    const unread = await TAKE_OUT[exit](workspace, told, within(told), TO_COURT)
    expect([unread.code, unread.sentence]).toEqual([
      'conditions_unread',
      expect.stringContaining(`${told.pseudonym}: Not before my sister has left.`),
    ])
    await lowered(workspace, told)
    const blind = await TAKE_OUT[exit](workspace, told, outsider, { ...TO_COURT, conditionsRead: true })
    expect([blind.code, blind.sentence]).toEqual(['consent_missing', TOLD_OTHERS])
    const kept = await TAKE_OUT[exit](workspace, told, within(told), { ...TO_COURT, conditionsRead: true })
    expect([kept.code, kept.told]).toEqual([null, true])
  })

  test.each(EVERY)('P54 %s cannot be asked for as if it showed less than it does', async (exit) => {
    const told = await somebodyTells(workspace)
    await allow(workspace, told, { identifiability: 'anonymised_story' })
    const asked = { ...TO_COURT, identifiability: 'anonymised_story' as const }
    expect((await TAKE_OUT[exit](workspace, told, within(told), asked)).code).toBe('shows_more')
  })

  test('P51 the database ranks recognition as the code does', async () => {
    const { rows } = await workspace.database.owner.query<{ made: string }>(
      "select pg_get_functiondef('leave_by(jsonb)'::regprocedure) as made",
    )
    const [, listed = ''] = /rank constant text\[\] := array\[([^\]]+)\]/.exec(rows[0]?.made ?? '') ?? []
    expect([...listed.matchAll(/'(\w+)'/g)].map(([, one]) => one)).toEqual(
      IDENTIFIABILITIES.filter((one) => one !== 'none'),
    )
  })

  test('P56 a use is written by the database alone: nobody puts one in, alters or takes one away', async () => {
    const told = await somebodyTells(workspace)
    await TAKE_OUT.original(workspace, told, within(told), WITHIN_THE_CASE)
    for (const sql of [
      'delete from consent_use',
      "update consent_use set body = '{}'",
      `insert into consent_use (organisation, "case", id, body) select organisation, "case", 'use_0', body from consent_use`,
      `select write_use(organisation, 'use_0', "case", body, 'ent_0', 0, now(), 'x') from consent_use`,
      "select * from concerning('x', '{}')",
    ])
      await expect(inCase(workspace, told, (tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' })
  })
})
