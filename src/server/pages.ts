import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../foundation/refusal.ts'

export interface Page {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Built files carry their hash in their name, so they may be kept for ever. */
  readonly lasting: boolean
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
}

/**
 * The built web, read once: what is not in this list does not exist, so no path can leave the folder.
 *
 * @throws Refusal `web_not_built`
 */
export function loadPages(folder = webFolder()): ReadonlyMap<string, Page> {
  if (!existsSync(join(folder, 'index.html')))
    throw new Refusal(
      'web_not_built',
      'The pages have not been built yet; run "npm run build" in the program’s folder.',
    )
  const pages = new Map<string, Page>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    const name = `/${relative(folder, path).split(sep).join('/')}`
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    pages.set(name, { bytes: new Uint8Array(readFileSync(path)), type, lasting: name.startsWith('/assets/') })
  }
  return pages
}

function webFolder(): string {
  return fileURLToPath(new URL('../../dist/web/', import.meta.url))
}
