import { afterAll, beforeAll, expect, test } from 'vitest'
import { dumpSchema } from './schema-dump.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
beforeAll(async () => {
  workspace = await testWorkspace()
})
afterAll(() => workspace?.close())

test('T17 the committed schema is what the migrations make', async () => {
  await expect(await dumpSchema(workspace.database.owner)).toMatchFileSnapshot('../src/storage/schema.sql')
})
