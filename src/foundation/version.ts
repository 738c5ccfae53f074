import { readFileSync } from 'node:fs'

/** The program's version, from the package it was installed with. */
export function programVersion(): string {
  const description: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  if (typeof description === 'object' && description !== null && 'version' in description) {
    return String(description.version)
  }
  throw new Error('package.json has no version.')
}
