import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type VerifiedPackage, verifyPackage } from '../src/publication/verify-package.ts'

const VERIFIER = fileURLToPath(new URL('../verifier/rapporteur_verify.py', import.meta.url))

/** What our verifier says of a package, and what the second one says where Python is here. */
export function verifyTwice(path: string): { first: VerifiedPackage; second: VerifiedPackage } {
  const first = verifyPackage(path)
  const { status, stdout } = spawnSync('python3', [VERIFIER, path, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { first, second: status === null ? first : JSON.parse(stdout) }
}
