import type { matterOperations } from '../matters/contract.ts'
import { aspectsOfDossier, mattersOfDossier, mattersOffered } from '../matters/matter-list.ts'
import { describeMatter, mergeMatters, splitMatter } from '../matters/merge-matters.ts'
import { titlesOf } from '../matters/titles-of.ts'
import { withGuards } from '../protection/guards-shown.ts'
import { theDossier } from '../sources/dossier.ts'
import type { Handlers } from './handlers.ts'

export const matterHandlers: Handlers<typeof matterOperations> = {
  async listMatters({ read, params: { slug } }) {
    return read(async (tx) =>
      withGuards(tx, { matters: await mattersOfDossier(tx, (await theDossier(tx, slug)).id) }),
    )
  },
  async mattersLike({ read, query: { typed } }) {
    const found = await read((tx) => mattersOffered(tx, typed))
    return {
      matters: found.map(({ id, matter }) => {
        const { key, name, kind, named } = matter
        return { id, key, name, titles: titlesOf(matter), kind, named }
      }),
    }
  },
  async listAspects({ read, params: { slug } }) {
    const aspects = await read(async (tx) => aspectsOfDossier(tx, (await theDossier(tx, slug)).id))
    return {
      aspects: aspects.map(({ matterKind, name, valueType, holds, definition, terms, units }) => ({
        matterKind,
        name,
        valueType,
        holds,
        definition,
        terms,
        units: [...units],
      })),
    }
  },
  async mergeMatters({ write, params: { id }, body: { into, reason } }) {
    return write((tx) => mergeMatters(tx, { merged: id, into, reason }))
  },
  async splitMatter({ write, params: { id }, body: { reason } }) {
    return write((tx) => splitMatter(tx, { matter: id, reason }))
  },
  async describeMatter({ write, params: { id }, body: { name, names, note, parent, revision } }) {
    const given = {
      ...(name === undefined ? {} : { name }),
      ...(names === undefined ? {} : { names }),
      ...(note === undefined ? {} : { note }),
      ...(parent === undefined ? {} : { parent }),
    }
    return write((tx) => describeMatter(tx, id, given, revision))
  },
}
