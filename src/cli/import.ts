import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { z } from 'zod'
import { isRefusal, Refusal } from '../foundation/refusal.ts'
import { openDossier } from '../sources/dossier.ts'
import { SourceFacts } from '../sources/source.ts'
import { type HowFar, type Incoming, type TakenIn, takeIn } from '../sources/take-in.ts'
import { asActor } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { Command } from './command.ts'
import { Output } from './output.ts'
import { withRecord } from './record.ts'
import { dossierSlug } from './slug.ts'
import { EXIT, IN_CASE, readArguments, UsageError } from './usage.ts'

/** What is over this is refused before it is read into memory. Bytes. */
const LARGEST_FILE = 64 * 1024 * 1024
/** Files recorded together in one ledger entry: as many as make about this many bytes, at most so many. */
const BATCH_BYTES = 8 * 1024 * 1024
const BATCH_FILES = 100

/** `--about FILE.json`: facts by file name. */
const About = z.record(z.string(), SourceFacts)

export const importCommand: Command = {
  summary: 'take files and folders into a dossier',
  usage:
    'rapporteur import PATH... --dossier SLUG [--publisher NAME] [--publisher-group GROUP] [--about FACTS.json] [--case CODE] [--data DIR | --sample] [--json]',
  async run(args) {
    const { values, positionals } = readArguments(args, {
      ...IN_CASE,
      dossier: { type: 'string' },
      publisher: { type: 'string' },
      'publisher-group': { type: 'string' },
      about: { type: 'string' },
    })
    if (positionals.length === 0) throw new UsageError('Name at least one file or folder.')
    const slug = dossierSlug(values.dossier)
    const facts = await factsOf(values.about, { name: values.publisher, group: values['publisher-group'] })
    const output = new Output(values.json)
    const found = await findFiles(positionals)
    return withRecord({ ...values, doing: 'import' }, (workspace) =>
      importAll(workspace, { slug, found, facts, output }),
    )
  },
}

interface Found {
  readonly path: string
  readonly fileName: string
  readonly size: number
  readonly refusal?: { code: string; sentence: string }
}

async function importAll(
  workspace: Workspace,
  {
    slug,
    found,
    facts,
    output,
  }: { slug: string; found: readonly Found[]; facts: (fileName: string) => SourceFacts; output: Output },
): Promise<number> {
  const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, slug))
  const progress = output.progress('files', found.length)
  let refused = 0
  let done = 0
  const report = (result: TakenIn) => {
    done += 1
    if (result.outcome === 'refused') refused += 1
    output.object(result)
    const detail =
      result.outcome === 'refused' ? `refused (${result.code}): ${result.sentence}` : result.outcome
    const notes = (result.warnings ?? []).map(({ code, sentence }) => `; note (${code}): ${sentence}`)
    output.line(`${result.fileName}: ${detail}${notes.join('')}`)
    progress(done)
  }
  for (const batch of batches(found)) {
    const incoming: Incoming[] = []
    for (const file of batch) {
      if (file.refusal) {
        report({ fileName: file.fileName, source: null, outcome: 'refused', ...file.refusal })
        continue
      }
      try {
        incoming.push({
          fileName: file.fileName,
          bytes: await readFile(file.path),
          facts: facts(file.fileName),
        })
      } catch (error) {
        report({ fileName: file.fileName, source: null, outcome: 'refused', ...unreadable(error) })
      }
    }
    const howFar = incoming.length === 1 ? withinFile(output) : undefined
    for (const result of await takeIn(workspace, dossier, incoming, howFar)) report(result)
  }
  return refused > 0 ? EXIT.refused : EXIT.done
}

/** Progress inside a file that is a batch by itself: it may take longer than many small ones. */
function withinFile(output: Output): HowFar {
  let under: string | undefined
  let tell: (done: number) => void = () => undefined
  return (stage, done, total) => {
    if (under !== `${stage} ${total}`) tell = output.progress(stage, total)
    under = `${stage} ${total}`
    tell(done)
  }
}

function* batches(files: readonly Found[]): Generator<Found[]> {
  let batch: Found[] = []
  let bytes = 0
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= BATCH_FILES || bytes + file.size > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += file.size
  }
  if (batch.length > 0) yield batch
}

/**
 * Files of all paths, in order; folders are walked by name, each once, so that links in a circle end. Links that leave
 * the folder given are refused.
 */
async function findFiles(paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const path of paths) {
    try {
      const about = await stat(path)
      if (about.isDirectory())
        found.push(...(await walk(path, { root: await realpath(path), walked: new Set() })))
      else found.push(await describe(path, basename(path)))
    } catch (error) {
      found.push({ path, fileName: basename(path), size: 0, refusal: unreadable(error) })
    }
  }
  return found
}

async function walk(
  folder: string,
  { root, walked }: { root: string; walked: Set<string> },
): Promise<Found[]> {
  const found: Found[] = []
  const here = await realpath(folder)
  if (walked.has(here)) return found
  walked.add(here)
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, name)
    try {
      const real = await realpath(path)
      if (real !== root && !real.startsWith(root + sep)) {
        const sentence = `${name} points out of the folder; import the file it points to by its own name.`
        found.push({ path, fileName: name, size: 0, refusal: { code: 'path_leaves_folder', sentence } })
      } else if ((await stat(path)).isDirectory()) found.push(...(await walk(path, { root, walked })))
      else found.push(await describe(path, relative(root, real).split(sep).join('/')))
    } catch (error) {
      found.push({ path, fileName: name, size: 0, refusal: unreadable(error) })
    }
  }
  return found
}

async function describe(path: string, fileName: string): Promise<Found> {
  const about = await stat(path)
  if (!about.isFile()) {
    const sentence = `${fileName} is not a file (a device, a pipe or a socket); copy what it holds into a file.`
    return { path, fileName, size: 0, refusal: { code: 'not_a_file', sentence } }
  }
  if (about.size <= LARGEST_FILE) return { path, fileName, size: about.size }
  const sentence = `${fileName} is larger than 64 MB; split it, or take in the part that is needed.`
  return { path, fileName, size: 0, refusal: { code: 'too_large', sentence } }
}

function unreadable(error: unknown): { code: string; sentence: string } {
  if (isRefusal(error)) return { code: error.code, sentence: error.message }
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return {
    code: 'file_unreadable',
    sentence: `The file cannot be read (${reason}); check its name and your rights.`,
  }
}

async function factsOf(
  path: string | undefined,
  publisher: { name: string | undefined; group: string | undefined },
): Promise<(fileName: string) => SourceFacts> {
  const shared: SourceFacts =
    publisher.name === undefined
      ? {}
      : { publisher: { name: publisher.name, group: publisher.group ?? 'unknown' } }
  if (path === undefined) return () => shared
  let parsed: unknown
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new Refusal('about_unreadable', `${path} is not a readable JSON file of facts.`, {}, { cause })
  }
  const about = About.safeParse(parsed)
  if (!about.success) {
    throw new Refusal(
      'about_unreadable',
      `${path} does not hold facts by file name: ${z.prettifyError(about.error)}`,
    )
  }
  return (fileName) => ({ ...shared, ...about.data[fileName] })
}
