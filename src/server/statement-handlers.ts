import { withGuards } from '../protection/guards-shown.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { theDossier } from '../sources/dossier.ts'
import { applyCoding, type CodingOutcome } from '../statements/apply-coding.ts'
import { readCodingFile } from '../statements/coding-format.ts'
import type { statementOperations } from '../statements/contract.ts'
import { decideEmendation } from '../statements/decide-emendation.ts'
import { deskOf } from '../statements/desk.ts'
import { answerFinding, proposeFinding } from '../statements/hold-finding.ts'
import { linkStatements } from '../statements/link-statements.ts'
import { matterPage } from '../statements/matter-page.ts'
import { normaliseEntry } from '../statements/normalise-entry.ts'
import { previewCoding } from '../statements/preview-coding.ts'
import { relativeDate } from '../statements/relative-date.ts'
import { settleCitation } from '../statements/settle-citation.ts'
import { sourcePage } from '../statements/source-page.ts'
import { suggestionsView } from '../statements/suggest.ts'
import { tagRecords } from '../statements/tag-record.ts'
import { timelineOf } from '../statements/timeline.ts'
import type { Handlers } from './handlers.ts'

export const statementHandlers: Handlers<typeof statementOperations> = {
  async desk({ read, params: { slug } }) {
    return read(async (tx) => withGuards(tx, await deskOf(tx, await theDossier(tx, slug))))
  },
  async timeline({ read, params: { slug } }) {
    return read(async (tx) => timelineOf(tx, await theDossier(tx, slug)))
  },
  async sourcePage({ read, params: { id } }) {
    return read(async (tx) => withGuards(tx, await sourcePage(tx, id)))
  },
  async matterPage({ read, params: { id }, query }) {
    return read(async (tx) => withGuards(tx, await matterPage(tx, id, query)))
  },
  async code({ write, params: { slug }, body }) {
    const file = readCodingFile(JSON.stringify(body))
    return codedView(await write(async (tx) => applyCoding(tx, await theDossier(tx, slug), file)))
  },
  async previewCoding({ house, read, params: { slug }, body }) {
    const file = readCodingFile(JSON.stringify(body))
    const dossier = await read((tx) => theDossier(tx, slug))
    const { outcome, conflicts, suggestions } = await previewCoding(house, dossier, file)
    return { ...codedView(outcome), conflicts, suggestions: suggestionsView(suggestions) }
  },
  async decide({ write, body: { decided, accept, reason, evidence } }) {
    return write((tx) => decideEmendation(tx, decided, { accept, reason, evidence }))
  },
  async settleCitation({ write, body }) {
    return write((tx) => settleCitation(tx, body))
  },
  async relativeDate({ house, query: { words, language, document, told } }) {
    mustBeAllowed(house.actor, 'read')
    return { date: relativeDate(words, language, { document: document ?? null, told: told ?? null }) }
  },
  async normalise({ write, params: { id }, body }) {
    return write((tx) => normaliseEntry(tx, { statement: id, ...body }))
  },
  async proposeFinding({ write, body }) {
    return write((tx) => proposeFinding(tx, body))
  },
  async answerFinding({ write, params: { id }, body }) {
    return write((tx) => answerFinding(tx, id, body))
  },
  async link({ write, body }) {
    return write((tx) => linkStatements(tx, body))
  },
  async tag({ write, body: { tags } }) {
    return { receipt: await write((tx) => tagRecords(tx, tags)) }
  },
}

function codedView({ items, notes, receipt, removed: _, ...counts }: CodingOutcome) {
  return {
    ...counts,
    notes: [...notes],
    items: items.map(({ warnings, ...item }) => ({ ...item, warnings: [...warnings] })),
    entry: receipt?.entry ?? null,
  }
}
