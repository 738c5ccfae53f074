import type { matterOperations } from '../matters/contract.ts'
import { mattersOfDossier } from '../matters/matter-list.ts'
import { aspectsFor, mattersLike } from '../matters/matter-store.ts'
import { describeMatter, mergeMatters, splitMatter } from '../matters/merge-matters.ts'
import type { Handlers } from './handlers.ts'
import { theDossier } from './source-handlers.ts'

/** As many as fit under a field without scrolling for long. */
const OFFERED = 12

export const matterHandlers: Handlers<typeof matterOperations> = {
  async listMatters({ read, params: { slug } }) {
    return read(async (tx) => ({ matters: await mattersOfDossier(tx, (await theDossier(tx, slug)).id) }))
  },
  async mattersLike({ read, query: { typed } }) {
    const found = await read((tx) => mattersLike(tx, typed, OFFERED))
    return {
      matters: found.map(({ id, matter: { key, name, kind, named } }) => ({ id, key, name, kind, named })),
    }
  },
  async listAspects({ read, params: { slug } }) {
    const aspects = await read(async (tx) => aspectsFor(tx, (await theDossier(tx, slug)).id))
    return {
      aspects: aspects.map(({ aspect: { matterKind, name, valueType, holds, definition, terms } }) => ({
        matterKind,
        name,
        valueType,
        holds,
        definition,
        terms,
      })),
    }
  },
  async mergeMatters({ write, params: { id }, body: { into, reason } }) {
    return write((tx) => mergeMatters(tx, { merged: id, into, reason }))
  },
  async splitMatter({ write, params: { id }, body: { reason } }) {
    return write((tx) => splitMatter(tx, { matter: id, reason }))
  },
  async describeMatter({ write, params: { id }, body: { name, names, note } }) {
    const given = {
      ...(name === undefined ? {} : { name }),
      ...(names === undefined ? {} : { names }),
      ...(note === undefined ? {} : { note }),
    }
    return write((tx) => describeMatter(tx, id, given))
  },
}
