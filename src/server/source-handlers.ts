import { describeSourceHolding } from '../matters/describe-source.ts'
import { withGuards } from '../protection/guards-shown.ts'
import type { sourceOperations } from '../sources/contract.ts'
import { allDossiers, type KnownDossier, openDossier, theDossier } from '../sources/dossier.ts'
import { draftsOf, dropDraft, saveDraft } from '../sources/draft.ts'
import { finishNote } from '../sources/finish-note.ts'
import { readOriginalAgain } from '../sources/read-again.ts'
import { settlePassage } from '../sources/settle-passage.ts'
import { tableOfSource } from '../sources/table-of-source.ts'
import { takeIn } from '../sources/take-in.ts'
import { sourceList, sourcePages } from '../statements/source-list.ts'
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
    return read(async (tx) => withGuards(tx, { sources: await sourceList(tx, await theDossier(tx, slug)) }))
  },
  async pageOfSources({ read, params: { slug }, query: { after, ...query } }) {
    return read(async (tx) =>
      withGuards(tx, await sourcePages(tx, await theDossier(tx, slug), { ...query, after })),
    )
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
    await write((tx) => describeSourceHolding(tx, id, body))
    return {}
  },
  async readAgain({ house, params: { id } }) {
    return readOriginalAgain(house, id)
  },
  async tableOfSource({ read, params: { id, table }, query: { from } }) {
    return read((tx) => tableOfSource(tx, id, { table: Number(table), from }))
  },
  async settlePassage({ write, params: { id }, body }) {
    return write((tx) => settlePassage(tx, id, body))
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

function dossierView({ id, dossier: { slug, title, description } }: KnownDossier) {
  return { id, slug, title, description }
}
