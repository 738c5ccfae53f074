import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mattersByKey } from '../src/matters/matter-store.ts'
import { OPERATIONS } from '../src/publication/contract.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { tagsOn } from '../src/statements/tag-record.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { vocabularyNamed } from '../src/vocabularies/vocabulary.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { apiOf } from './api.ts'
import { testWorkspace } from './workspace.ts'

describe('tags', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier = ''
  let matter = ''

  beforeAll(async () => {
    workspace = await testWorkspace()
    const opened = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    dossier = opened.id
    await takeIn(workspace, opened, [{ fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    await asActor(workspace.database, workspace.actor, async (tx) => {
      await applyCoding(tx, opened, readCodingFile(JSON.stringify(A_CODING_FILE)))
      matter = (await mattersByKey(tx, ['fire-at-port-sample'])).get('fire-at-port-sample')?.id ?? ''
    })
  })
  afterAll(() => workspace?.close())

  test('V4 a tag keeps who set it and the version of its list, and is set once', async () => {
    const api = apiOf(workspace)
    const tag = { dossier, subject: matter, scheme: 'rights', term: 'property' }
    expect((await api.call(OPERATIONS.tag, { body: { tags: [tag] } })).receipt).not.toBeNull()
    expect((await api.call(OPERATIONS.tag, { body: { tags: [tag] } })).receipt).toBeNull()
    const kept = await readAs(workspace.database, workspace.actor, (tx) => tagsOn(tx, [matter]))
    expect(kept).toEqual([
      { ...tag, version: vocabularyNamed('rights')?.version, by: workspace.actor.person },
    ])
    const page = await api.call(OPERATIONS.matterPage, { params: { id: matter } })
    expect(page.tags).toEqual([
      expect.objectContaining({ subject: matter, scheme: 'rights', term: 'property' }),
    ])
  })

  test('V4 a term that the list lacks is refused', async () => {
    const api = apiOf(workspace)
    const tag = { dossier, subject: matter }
    for (const wrong of [
      { ...tag, scheme: 'rights', term: 'moonlight' },
      { ...tag, scheme: 'no-such-list', term: 'life' },
    ]) {
      expect(await api.refusal(OPERATIONS.tag, { body: { tags: [wrong] } })).toBe('term_unknown')
    }
  })

  test('V5 the lists are given out with versions and mapping codes', async () => {
    const { vocabularies } = await apiOf(workspace).call(OPERATIONS.vocabularies)
    const rights = vocabularies.find(({ list }) => list === 'rights')
    const assembly = rights?.terms.find(({ key }) => key === 'peaceful-assembly')
    expect(assembly).toMatchObject({ labels: { ru: 'мирные собрания' }, codes: { iccpr: '21' } })
  })
})
