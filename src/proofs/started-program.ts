import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const PROGRAM = fileURLToPath(new URL('../../bin/rapporteur.js', import.meta.url))
/** Milliseconds: a start that takes longer is not measured but failed. */
const START_WITHIN = 120_000
const Opened = z.object({ key: z.string(), port: z.number() })

export interface StartedProgram {
  readonly pid: number
  readonly origin: string
  readonly key: string
  /** The answer to a GET, or to one of the API with its key; its body is read to the end. */
  get(path: string): Promise<string>
  stop(): Promise<void>
}

/** `rapporteur start` on a folder and a free port, as anybody runs it, in a process of its own. */
export async function startProgram(data: string, flags: readonly string[] = []): Promise<StartedProgram> {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(
    process.execPath,
    [PROGRAM, 'start', '--json', '--port', '0', '--data', data, ...flags],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let errors = ''
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString()
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  const line = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('It did not start in two minutes.')), START_WITHIN)
    createInterface(child.stdout).once('line', (first) => {
      clearTimeout(late)
      resolve(first)
    })
    child.once('close', () => reject(new Error(`It ended before it was open: ${errors.slice(-500)}`)))
  }).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const { key, port } = Opened.parse(JSON.parse(line))
  const origin = `http://localhost:${port}`
  const get = async (path: string) => {
    const response = await fetch(origin + path, { headers: { Authorization: `Bearer ${key}` } })
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}.`)
    return response.text()
  }
  return { pid: child.pid ?? 0, origin, key, get, stop }
}
