import type { TestProject } from 'vitest/node'
import { debianServer } from './debian-server.ts'

/** The same tests once more, on the oldest server that is supported. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await debianServer()
  project.provide('server', server)
  project.provide('major', 15)
  return stop
}
