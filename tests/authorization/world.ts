import { newId } from '../../src/foundation/ids.ts'
import { toJson } from '../../src/foundation/json.ts'
import { change } from '../../src/ledger/change.ts'
import { settle } from '../../src/ledger/settle.ts'
import type { Actor, Role } from '../../src/protection/actor.ts'
import { addInterlocutor } from '../../src/protection/keep-interlocutor.ts'
import { newestOf } from '../../src/protection/level-store.ts'
import { proposeLowering, whatLowers } from '../../src/protection/lower-level.ts'
import { nameTeam } from '../../src/protection/name-team.ts'
import { openCase } from '../../src/protection/open-case.ts'
import { accessKind } from '../../src/protection/protection-kinds.ts'
import { raiseLevel, regraded, whatRises } from '../../src/protection/raise-level.ts'
import { ALL_KINDS } from '../../src/publication/all-kinds.ts'
import { cookieOf } from '../../src/server/who-asks.ts'
import { openDossier } from '../../src/sources/dossier.ts'
import { saveDraft } from '../../src/sources/draft.ts'
import { takeIn } from '../../src/sources/take-in.ts'
import { applyCoding } from '../../src/statements/apply-coding.ts'
import { readCodingFile } from '../../src/statements/coding-format.ts'
import { proposeFinding } from '../../src/statements/hold-finding.ts'
import { statementsOfDossier } from '../../src/statements/statement-store.ts'
import { asActor, readAs, type Tx } from '../../src/storage/database.ts'
import type { Workspace } from '../../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from '../a-case.ts'
import type { Asked } from '../asked.ts'
import { somebody } from '../people.ts'
import { type Asker, type PlaceOf, ROLES } from './oracle.ts'
import { addWhatIsOwed } from './owed.ts'

/** One dossier whose things stand in one place, with a word that stands in all of them and nowhere else. */
export interface Ground {
  readonly place: 'public' | 'organisation' | 'team' | 'case'
  readonly word: string
  readonly ids: Asked
  /** The case to open, in the ground of a case. */
  readonly caseId: string | undefined
}

export interface World {
  readonly grounds: readonly Ground[]
  readonly askers: readonly (Asker & { readonly actor: Actor })[]
  /** Name of the cookie of this record. */
  readonly cookie: string
  ground(place: PlaceOf): Ground
}

const GROUNDS = ['public', 'organisation', 'team', 'case'] as const

/**
 * Four dossiers in one organisation, of everybody, of us, of a team and of a case in it, and people of every role in it
 * and in another one: on all of it or on nothing, members and not, with live sessions and ended ones.
 */
export async function makeWorld(workspace: Workspace): Promise<World> {
  const askers = await makeAskers(workspace)
  const on = askers
    .filter((one) => one.ours && one.on && one.role !== 'none')
    .map(({ actor }) => actor.person)
  const grounds: Ground[] = []
  for (const place of GROUNDS) grounds.push(await makeGround(workspace, place, on))
  await settle(workspace)
  return {
    grounds,
    askers,
    cookie: cookieOf(workspace.actor.organisation),
    ground(place) {
      const found = grounds.find((one) => one.place === (place === 'case left shut' ? 'case' : place))
      if (!found) throw new Error(`There is no ground ${place}.`)
      return found
    },
  }
}

async function makeAskers(workspace: Workspace): Promise<World['askers']> {
  const { owner } = workspace.database
  const { organisation } = workspace.actor
  const other = (await somebody(workspace, { roles: ['administrator'], name: 'Founder Elsewhere' }))
    .organisation
  const askers: (Asker & { actor: Actor })[] = []
  for (const ours of [true, false])
    for (const role of ROLES)
      for (const on of ours ? [true, false] : [false])
        for (const [member, live] of [
          [true, true],
          [true, false],
          [false, true],
          [false, false],
        ] as const) {
          const roles: Role[] = role === 'none' ? [] : [role]
          const actor = await somebody(workspace, {
            organisation: ours ? organisation : other,
            roles,
            name: `${ours ? 'Ours' : 'Theirs'} ${role}`,
          })
          if (!live)
            await owner.query('update session set revoked_at = now() where person = $1', [actor.person])
          askers.push({ role, ours, on, member, live, by: 'token', actor })
        }
  return askers
}

/** Whoever is no member any more was one while the world was made. */
export async function endMemberships(workspace: Workspace, { askers }: World): Promise<void> {
  const gone = askers.filter(({ member }) => !member).map(({ actor }) => actor.person)
  await workspace.database.owner.query(
    `update membership set body = jsonb_set(body, '{ended}', '"2026-01-01T00:00:00Z"') where person = any($1)`,
    [gone],
  )
}

/** A dossier with a source, its statements, a finding and a draft, which stand in this place. */
export async function makeGround(
  workspace: Workspace,
  place: Ground['place'],
  on: readonly string[],
  more = '',
): Promise<Ground> {
  const { database, actor: me } = workspace
  const word = `Canary${place}${more}ovo`
  const slug = `ground-${place}${more}`
  const write = <Result>(work: (tx: Tx) => Promise<Result>, actor = me) => asActor(database, actor, work)
  const dossier = await write((tx) => openDossier(tx, slug, `Ground ${place === 'team' ? word : place}`))
  const opened =
    place === 'case'
      ? await write((tx) => openCase(tx, { dossier: dossier.id, title: word, reason: `${word} asked.` }))
      : undefined
  await write((tx) => nameTeam(tx, { dossier: dossier.id, people: on, reason: 'They are on it.' }))
  const inside: Actor = opened ? { ...me, cases: [opened.id] } : me
  if (opened && on.length > 0) await write((tx) => letIn(tx, opened.id, on), inside)
  const text = `${A_TEXT}\n\n${word} stands here and was written down by ${word}.\n`
  const [taken] = await takeIn({ ...workspace, actor: inside }, dossier, [
    {
      fileName: 'harbour.txt',
      bytes: new TextEncoder().encode(text),
      facts: { title: word, publisher: { name: word, group: 'press' } },
    },
  ])
  const coding = JSON.stringify(A_CODING_FILE)
    .replaceAll('fire-at-port-sample', `fire-${place}${more}`)
    .replaceAll('Fire at Port Sample', `Fire ${word}`)
  await write((tx) => applyCoding(tx, dossier, readCodingFile(coding)), inside)
  const statements = await readAs(database, inside, (tx) => statementsOfDossier(tx, dossier.id))
  const [one, two] = statements
  const matter = one?.statement.about[0]?.matter ?? ''
  const finding = await write(
    (tx) =>
      proposeFinding(tx, {
        dossier: dossier.id,
        matter,
        aspect: null,
        proposition: `That ${word} is so.`,
        standard: 'reasonable_suspicion',
        met: null,
        reasons: word,
        for: [one?.id ?? ''],
        against: [],
      }),
    inside,
  )
  const person = opened
    ? await write(
        (tx) =>
          addInterlocutor(tx, {
            identity: { name: word, contact: word },
            channel: word,
            hours: '',
            language: '',
            interpreter: null,
            risk: '',
            matter: null,
          }),
        inside,
      )
    : undefined
  const draft = await write((tx) => saveDraft(tx, { id: null, body: { text: word } }), inside)
  if (place === 'team') await raise(workspace, dossier.id)
  const owed = await addWhatIsOwed(workspace, inside, {
    dossier: dossier.id,
    finding: finding.id,
    word,
    person: person?.id,
  })
  const lowering =
    place === 'team' || place === 'case' ? await propose(workspace, inside, finding.id) : newId('level')
  if (place === 'public') await makePublic(workspace, dossier.id)
  return {
    place,
    word,
    caseId: opened?.id,
    ids: {
      me: me.person,
      member: on[0],
      case: opened?.id ?? dossier.id,
      lowering,
      dossier: dossier.id,
      slug,
      source: taken?.source ?? '',
      matter,
      one: one?.id,
      two: two?.id,
      passage: one?.statement.passages[0],
      finding: finding.id,
      draft: draft.id,
      person: person?.id ?? 'itl_none',
      request: owed.request ?? 'drq_none',
      breach: 'bre_none',
      erasure: owed.erasure,
      ...owed.more,
    },
  }
}

async function letIn(tx: Tx, compartment: string, people: readonly string[]): Promise<void> {
  await change(
    tx,
    'gave access',
    people.map((person) => ({
      kind: accessKind,
      revision: 0,
      state: {
        id: newId('access'),
        level: 'case' as const,
        case: compartment,
        body: toJson({
          compartment,
          person,
          by: person,
          reason: 'x',
          until: null,
          ended: null,
          endedBy: null,
        }),
      },
    })),
  )
}

async function raise({ database, actor }: Workspace, dossier: string): Promise<void> {
  const wanted = { record: dossier, level: 'team', within: dossier } as const
  await asActor(database, actor, async (tx) => {
    const { total } = await whatRises(tx, wanted)
    await raiseLevel(tx, { ...wanted, reason: 'Watched.', seen: total, kinds: ALL_KINDS })
  })
}

async function propose({ database }: Workspace, actor: Actor, record: string): Promise<string> {
  const wanted = { record, level: 'organisation', within: null, withWhatPointsAtIt: false } as const
  return asActor(database, actor, async (tx) => {
    const { total } = await whatLowers(tx, wanted)
    return (await proposeLowering(tx, { ...wanted, reason: 'Known.', seen: total })).id
  })
}

/** No verb gives the level public yet: what a release will do is done here by the change that it will make. */
async function makePublic({ database, actor }: Workspace, dossier: string): Promise<void> {
  await asActor(database, actor, async (tx) => {
    const rows = await tx.query<{ record: string }>(
      `select distinct record from revision
        where level = 1 and (record = $1 or after->'body'->>'dossier' = $1
           or after->'body'->>'source' in (select id from source where dossier = $1))`,
      [dossier],
    )
    const all = await newestOf(
      tx,
      rows.map(({ record }) => record),
    )
    const to = { level: 'public', case: null } as const
    const open = all.filter(
      ({ kind, level }) => level === 'organisation' && !['case', 'access'].includes(kind),
    )
    await change(tx, 'made public', regraded(open, { to, kinds: ALL_KINDS }))
  })
}
