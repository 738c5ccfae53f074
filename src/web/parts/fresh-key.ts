import { keyFromName } from '../../matters/matter.ts'

/** A key that no other matter has: two men of one name stay two until a person merges them. */
export function freshKey(name: string): string {
  const end = [...crypto.getRandomValues(new Uint8Array(4))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return [keyFromName(name), end].filter(Boolean).join('-')
}
