import { Refusal } from '../foundation/refusal.ts'
import { mattersByKey } from '../matters/matter-store.ts'
import { mergeMatters } from '../matters/merge-matters.ts'
import { nameMatters } from '../matters/name-matters.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { allDossiers, type KnownDossier, openDossier } from '../sources/dossier.ts'
import { takeIn } from '../sources/take-in.ts'
import { applyCoding } from '../statements/apply-coding.ts'
import { proposeFinding } from '../statements/hold-finding.ts'
import { itemsInRecord, statementCounts } from '../statements/statement-store.ts'
import { tagRecords } from '../statements/tag-record.ts'
import { asActor, readAs, type Tx } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import { readSample, readSampleDossier, type Sample } from './sample.ts'

/**
 * Open the shipped dossier in an empty record, by the verbs that anybody uses. Where it is there already nothing is
 * touched, so that what somebody changed in it stays. An opening that was cut off is finished: the notes are taken in
 * first, and all that is coded and decided follows in one transaction.
 *
 * @param begins called with the number of notes and of coded items before they are taken in
 * @throws Refusal `sample_beside_work`
 */
export async function openSample(
  house: Workspace,
  begins: (what: { notes: number; items: number }) => void = () => undefined,
): Promise<'opened' | 'there already'> {
  mustBeAllowed(house.actor, 'import')
  const { slug, title } = readSampleDossier()
  if (await isThere(house, slug)) return 'there already'
  const sample = readSample()
  begins({ notes: sample.notes.length, items: sample.coding.items.length })
  const dossier = await asActor(house.database, house.actor, (tx) => openDossier(tx, slug, title))
  for (const taken of await takeIn(house, dossier, sample.notes)) {
    if (taken.outcome === 'refused') throw unfit(taken.fileName, taken.sentence)
  }
  await asActor(house.database, house.actor, async (tx) => {
    const coded = await applyCoding(tx, dossier, sample.coding)
    for (const { item, outcome, sentence, warnings } of coded.items) {
      if (outcome === 'refused') throw unfit(item, sentence)
      const link = warnings.find(({ code }) => code.startsWith('link_'))
      if (link) throw unfit(item, link.sentence)
    }
    await nameMatters(tx, sample.names)
    await decide(tx, dossier, sample)
  })
  return 'opened'
}

async function isThere({ database, actor }: Workspace, slug: string): Promise<boolean> {
  return readAs(database, actor, async (tx) => {
    const dossiers = await allDossiers(tx)
    const found = dossiers.find((one) => one.dossier.slug === slug)
    if (found) return (await statementCounts(tx, found.id)).size > 0
    if (dossiers.length > 0) {
      throw new Refusal(
        'sample_beside_work',
        'This record holds work of its own, so the sample is not put beside it; start without --sample, or name another folder with --data.',
      )
    }
    return false
  })
}

/** What somebody decided beside the coding: which matters are one, what concerns which right, what should be held. */
async function decide(tx: Tx, dossier: KnownDossier, { dossier: decided }: Sample): Promise<void> {
  const { merges, tags, findings } = decided
  const keys = [
    ...merges.flatMap(({ merged, into }) => [merged, into]),
    ...[...tags, ...findings].map((one) => one.matter),
  ]
  const matters = await mattersByKey(tx, [...new Set(keys)])
  const items = await itemsInRecord(tx, dossier.id, [
    ...new Set(findings.flatMap((one) => [...one.for, ...one.against])),
  ])
  const matter = (key: string) => matters.get(key)?.id ?? lost(key)
  const statement = (item: string) => items.get(item)?.id ?? lost(item)
  for (const { merged, into, reason } of merges)
    await mergeMatters(tx, { merged: matter(merged), into: matter(into), reason })
  await tagRecords(
    tx,
    tags.map(({ scheme, term, ...on }) => ({
      dossier: dossier.id,
      subject: matter(on.matter),
      scheme,
      term,
    })),
  )
  for (const finding of findings) {
    await proposeFinding(tx, {
      ...finding,
      dossier: dossier.id,
      matter: matter(finding.matter),
      for: finding.for.map(statement),
      against: finding.against.map(statement),
    })
  }
}

function lost(name: string): never {
  throw unfit(name, 'it is named in dossier.json and coded nowhere')
}

/** The sample ships with the program: what does not fit in it is a fault of ours and nobody's input. */
function unfit(name: string, sentence: string | undefined): Error {
  return new Error(`The shipped sample does not fit this program, at ${name}: ${sentence ?? ''}`)
}
