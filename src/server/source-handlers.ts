import { Refusal } from '../foundation/refusal.ts'
import type { sourceOperations } from '../sources/contract.ts'
import { allDossiers, findDossier, type KnownDossier, openDossier } from '../sources/dossier.ts'
import { draftsOf, dropDraft, saveDraft } from '../sources/draft.ts'
import { finishNote } from '../sources/finish-note.ts'
import { readAgain } from '../sources/read-again.ts'
import { readOriginalBytes } from '../sources/read-original.ts'
import { findSource, sourcesOfDossier } from '../sources/source-store.ts'
import { describeSource, takeIn } from '../sources/take-in.ts'
import { statementCounts } from '../statements/statement-store.ts'
import type { Tx } from '../storage/database.ts'
import { readOriginal } from '../storage/originals.ts'
import type { Handlers } from './handlers.ts'

export const sourceHandlers: Handlers<typeof sourceOperations> = {
  async listDossiers({ read }) {
    const dossiers = await read(allDossiers)
    return { dossiers: dossiers.map(dossierView) }
  },
  async openDossier({ write, body: { slug, title } }) {
    return dossierView(await write((tx) => openDossier(tx, slug, title)))
  },
  async listSources({ read, params: { slug } }) {
    return read(async (tx) => {
      const dossier = await theDossier(tx, slug)
      const counts = await statementCounts(tx, dossier.id)
      const sources = await sourcesOfDossier(tx, dossier.id)
      return {
        sources: sources.map(
          ({ id, source: { title, kind, date, language, publisher, fileName, unread } }) => ({
            id,
            title,
            kind,
            date,
            language,
            publisher: publisher?.name ?? null,
            group: publisher?.group ?? 'unknown',
            fileName,
            unread: unread?.reason ?? null,
            statements: counts.get(id) ?? 0,
          }),
        ),
      }
    })
  },
  async takeIn({ house, read, params: { slug }, body: { files } }) {
    const dossier = await read((tx) => theDossier(tx, slug))
    const incoming = files.map(({ fileName, base64, facts }) => ({
      fileName,
      bytes: Buffer.from(base64, 'base64'),
      facts,
    }))
    return { results: await takeIn(house, dossier, incoming) }
  },
  async describeSource({ write, params: { id }, body }) {
    await write(async (tx) => {
      const known = await findSource(tx, id)
      if (!known) throw sourceUnknown()
      await describeSource(tx, known, body)
    })
    return {}
  },
  async readAgain({ house, write, params: { id } }) {
    return write(async (tx) => {
      const known = await findSource(tx, id)
      if (!known) throw sourceUnknown()
      const bytes = await readOriginal(house.folder, known.source.original.sha256)
      const fileName = known.source.fileName ?? known.source.title
      const language = known.source.language ?? undefined
      return readAgain(tx, id, readOriginalBytes(bytes, { fileName, language }).reading)
    })
  },
  async finishNote({ house, read, write, params: { slug }, body: { draft, ...finished } }) {
    const dossier = await read((tx) => theDossier(tx, slug))
    const taken = await finishNote(house, dossier, { ...finished, language: finished.language })
    if (draft !== null && taken.outcome !== 'refused') await write((tx) => dropDraft(tx, draft))
    return taken
  },
  async listDrafts({ read }) {
    return { drafts: (await read(draftsOf)).map((draft) => ({ ...draft, body: { ...draft.body } })) }
  },
  async saveDraft({ write, body }) {
    const draft = await write((tx) => saveDraft(tx, body))
    return { ...draft, body: { ...draft.body } }
  },
  async dropDraft({ write, body: { id } }) {
    await write((tx) => dropDraft(tx, id))
    return {}
  },
}

/** @throws Refusal `dossier_unknown` */
export async function theDossier(tx: Tx, slug: string): Promise<KnownDossier> {
  const dossier = await findDossier(tx, slug)
  if (!dossier) throw new Refusal('dossier_unknown', `There is no dossier "${slug}" in this record.`)
  return dossier
}

function sourceUnknown(): Refusal {
  return new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
}

function dossierView({ id, dossier: { slug, title, description } }: KnownDossier) {
  return { id, slug, title, description }
}
