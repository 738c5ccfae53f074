import { canonicalJson } from '../foundation/json.ts'
import { settle } from '../ledger/settle.ts'
import { type KnownDossier, openDossier } from '../sources/dossier.ts'
import { takeIn } from '../sources/take-in.ts'
import { applyCoding } from '../statements/apply-coding.ts'
import { readCodingFile } from '../statements/coding-format.ts'
import { POLARITIES, SPEAKER_GROUPS, STATEMENT_KINDS } from '../statements/statement.ts'
import { asActor } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'

/** Sentences, and so statements, that one invented newspaper carries. */
const A_PAPER = 500
const PEOPLE = 60
const KEY = 'closing-of-port-sample'

const QUANTITY = { valueType: 'quantity', holds: 'one', definition: 'Boats kept in.' }
/** Of every value type, of every way to hold; what falls apart in them falls apart as it does in real dossiers. */
const ASPECTS = {
  'boats kept in': { ...QUANTITY, conflict: 'disjoint bounds, same scope and as-of' },
  began: { valueType: 'date', holds: 'one', definition: 'First day.', conflict: 'no overlap' },
  ended: { valueType: 'date', holds: 'one', definition: 'Last day.', conflict: 'no overlap' },
  state: { valueType: 'term', holds: 'one at a time', definition: 'Open or shut.', terms: ['open', 'shut'] },
  reason: { valueType: 'text', holds: 'one', definition: 'Why.' },
  told: { valueType: 'text', holds: 'many', definition: 'What was told of it.' },
  'ordered by': { valueType: 'matter', holds: 'one', definition: 'Who ordered it.' },
  present: { valueType: 'matter', holds: 'many', definition: 'Who was there.' },
}

export interface MadeUpMatter {
  readonly dossier: KnownDossier
  readonly matter: string
}

/**
 * One invented event of which very much was said, taken in and coded as anybody would: by `takeIn` and `applyCoding`.
 * The same number gives the same case.
 */
export async function makeUpMatter(workspace: Workspace, statements: number): Promise<MadeUpMatter> {
  const dossier = await takeInPapers(workspace, statements)
  await codePapers(workspace, dossier, statements)
  const { rows } = await workspace.database.owner.query<{ id: string }>(
    'select id from matter where key = $1',
    [KEY],
  )
  return { dossier, matter: rows[0]?.id ?? '' }
}

/** The papers alone, with a sentence for each statement. */
export async function takeInPapers(workspace: Workspace, statements: number): Promise<KnownDossier> {
  const { database, actor } = workspace
  const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'port-sample'))
  const papers = Math.ceil(statements / A_PAPER)
  for (let paper = 0; paper < papers; paper += 1) {
    const sentences = Array.from({ length: Math.min(A_PAPER, statements - paper * A_PAPER) }, (_, n) =>
      sentenceOf(paper * A_PAPER + n),
    )
    const bytes = new TextEncoder().encode(`Port Sample, paper ${paper}\n\n${sentences.join('\n\n')}\n`)
    const publisher = { name: `Sample Paper ${paper}`, group: 'press' }
    await takeIn(workspace, dossier, [
      { fileName: fileOf(paper), bytes, facts: { publisher, date: '2021-06-01' } },
    ])
  }
  return dossier
}

/** The coding of those papers, from the text of the file to its place in the ledger. */
export async function codePapers(
  workspace: Workspace,
  dossier: KnownDossier,
  statements: number,
): Promise<void> {
  const { database, actor } = workspace
  const file = readCodingFile(canonicalJson(codingOf(statements)))
  const outcome = await asActor(database, actor, (tx) => applyCoding(tx, dossier, file))
  if (outcome.added < statements) {
    throw new Error(`Only ${outcome.added} of ${statements} made-up statements were recorded.`)
  }
  await settle(workspace)
}

function codingOf(statements: number): object {
  const people = Array.from({ length: PEOPLE }, (_, n) => ({
    key: `clerk-${n}`,
    kind: 'person',
    name: `Clerk ${n} of Port Sample`,
    aliases: [],
  }))
  return {
    type: 'AnnotationCollection',
    label: 'made up',
    matters: [{ key: KEY, kind: 'event', name: 'Closing of Port Sample', aliases: [] }, ...people],
    aspects: { event: ASPECTS, person: { seen: { valueType: 'date', holds: 'many' } } },
    items: Array.from({ length: statements }, (_, n) => itemOf(n)),
  }
}

function fileOf(paper: number): string {
  return `paper-${paper}.txt`
}

function sentenceOf(n: number): string {
  return `Clerk ${n % PEOPLE} wrote on sheet ${n} that ${n % 300} boats were kept in from ${dayOf(n)} on.`
}

function dayOf(n: number): string {
  return new Date(Date.UTC(2021, 2, 1 + (n % 365))).toISOString().slice(0, 10)
}

function itemOf(n: number): object {
  const names = Object.keys(ASPECTS)
  const clerk = n % PEOPLE
  const entries = [entryOf(n, names[n % names.length] ?? '')]
  if (n % 3 === 0) entries.push(entryOf(n, names[(n + 3) % names.length] ?? ''))
  if (n % 5 === 0) entries.push({ matter: `clerk-${clerk}`, aspect: 'seen', value: dayOf(n) })
  return {
    id: `M${n}`,
    target: {
      source: fileOf(Math.floor(n / A_PAPER)),
      selector: [{ type: 'TextQuoteSelector', exact: `on sheet ${n} that ${n % 300} boats were kept in` }],
    },
    body: {
      type: 'Statement',
      kind: STATEMENT_KINDS[n % STATEMENT_KINDS.length],
      polarity: n % 9 === 0 ? POLARITIES[(n / 9) % POLARITIES.length] : 'affirmed',
      speakers: [
        { own: true, act: 'quotes' },
        {
          name: `Clerk ${clerk} of Port Sample`,
          key: `clerk-${clerk}`,
          group: SPEAKER_GROUPS[clerk % SPEAKER_GROUPS.length],
          said: dayOf(n),
        },
      ],
      about: entries,
      ...(n % 40 === 39 ? { links: [{ rel: 'contradicts', to: `M${n - 8}` }] } : {}),
    },
  }
}

function entryOf(n: number, aspect: string): { matter: string; aspect: string; value: unknown } {
  const values: Record<string, unknown> = {
    'boats kept in': { lower: n % 300, upper: (n % 300) + (n % 4), unit: 'boats' },
    began: n % 11 === 0 ? `${dayOf(n).slice(0, 7)}~` : dayOf(n),
    ended: n % 7 === 0 ? `${dayOf(n)}/..` : dayOf(n + 90),
    state: { term: n % 2 === 0 ? 'open' : 'shut' },
    reason: `because of storm ${n % 120}`,
    told: `sheet ${n % 900} was read out`,
    'ordered by': { matter: `clerk-${(n * 7) % PEOPLE}` },
    present: { matter: `clerk-${(n * 3) % PEOPLE}` },
  }
  return { matter: KEY, aspect, value: values[aspect] }
}
