import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { engineAt } from '../src/storage/engine.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import type { TestServer } from './debian-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of the run's own engine. */
    engineFolder: string
    /** Where tests make databases of their own. */
    server: TestServer
    /** The major version that it has to be. */
    major: number
  }
}

let workspace: Workspace | undefined
let folder: string | undefined

/** One engine for the whole run, without waiting for the disk: what is lost with it nobody misses. */
export async function setup(project: TestProject): Promise<void> {
  process.env.RAPPORTEUR_TEST_NO_SYNC = '1'
  folder = mkdtempSync(join(tmpdir(), 'rapporteur-tests-'))
  workspace = await openWorkspace({ data: folder })
  project.provide('engineFolder', folder)
  const { host, user, password } = engineAt(workspace.folder)
  project.provide('major', 18)
  project.provide('server', { host, user, password })
}

export async function teardown(): Promise<void> {
  await workspace?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
}
