import { randomFillSync } from 'node:crypto'

/** Bytes fetched from the system's generator at once; asking it costs more than what it gives. */
const POOL = 4096
let pool = Buffer.alloc(0)
let used = 0

/** That many bytes from the system's secure generator, each handed out once. */
export function randomOnce(size: number): Buffer {
  if (used + size > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(POOL, size)))
    used = 0
  }
  used += size
  return pool.subarray(used - size, used)
}
