import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding, type CodingOutcome } from '../src/statements/apply-coding.ts'
import { type CheckResult, checkDossier } from '../src/statements/check-dossier.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

type Body = Record<string, unknown>
/** A statement of a coding file: where it stands is `page.txt` unless said otherwise, at the words "Words of ID." */
export interface Told {
  id: string
  source?: string
  /** The item on whose words it stands, where those are not its own. */
  words?: string
  body: Body
}
export interface Fiction {
  matters: Body[]
  aspects?: Record<string, Record<string, Body>>
  items: Told[]
}

/** A record of its own with plainly fictional sources, in which every item has its own words. */
export async function fictionalRecord() {
  const workspace = await testWorkspace()
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)
  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)
  const dossiers = new Map<string, KnownDossier>()

  /** Take in the sources that the items need, with these facts, and apply the coding file. */
  async function tell(
    slug: string,
    { matters, aspects = {}, items }: Fiction,
    facts: Record<string, { date?: string; publisher?: { name: string; group: string } }> = {},
  ): Promise<CodingOutcome> {
    const dossier = dossiers.get(slug) ?? (await write((tx) => openDossier(tx, slug)))
    dossiers.set(slug, dossier)
    const names = [...new Set(items.map(({ source = 'page.txt' }) => source))]
    await takeIn(
      workspace,
      dossier,
      names.map((fileName) => ({
        fileName,
        bytes: new TextEncoder().encode(
          `${fileName} of ${slug}\n\n${items
            .filter(({ source = 'page.txt' }) => source === fileName)
            .map(({ id, words = id }) => `Words of ${words}.`)
            .filter((line, n, all) => all.indexOf(line) === n)
            .join('\n')}\n`,
        ),
        facts: facts[fileName] ?? {},
      })),
    )
    const file = {
      matters,
      aspects,
      items: items.map(({ id, source = 'page.txt', words = id, body }) => ({
        id,
        target: { source, selector: { type: 'TextQuoteSelector', exact: `Words of ${words}.` } },
        body: { type: 'Statement', ...body },
      })),
    }
    return write((tx) => applyCoding(tx, dossier, readCodingFile(JSON.stringify(file))))
  }
  async function check(slug: string): Promise<CheckResult> {
    const dossier = dossiers.get(slug)
    if (!dossier) throw new Error(`Nothing was told in ${slug}.`)
    return read((tx) => checkDossier(tx, dossier))
  }
  const dossier = (slug: string): string => dossiers.get(slug)?.id ?? ''
  return { workspace, write, read, tell, check, dossier, close: () => workspace.close() }
}

/** Somebody who speaks in the source's own pages. */
export function by(name: string, group: string, more: Body = {}): Body {
  return {
    speakers: [
      { own: true, act: 'reports' },
      { name, group, ...more },
    ],
  }
}
