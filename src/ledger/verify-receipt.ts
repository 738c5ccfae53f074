import { openCheckpoint } from './checkpoint.ts'
import { Findings } from './findings.ts'
import { openNote, parseVerifierLine, type VerifyingKey, verifierLine } from './note.ts'
import { type Promised, promiseText, RECEIPT_FORMAT, SignedReceipt } from './signed-receipt.ts'
import { leafHash, provesInclusion } from './tree.ts'

export interface VerifiedReceipt {
  readonly state: 'intact' | 'altered' | 'cannot tell'
  readonly altered: Findings['altered']
  readonly cannotTell: string[]
  readonly entry: string | null
  readonly key: string | null
  readonly rollback: 'ruled out' | 'not ruled out'
}

/** A log that is at hand to hold a receipt against: its key, and the leaf of each entry. */
export interface LogAtHand {
  readonly key: VerifyingKey
  readonly leaves: ReadonlyMap<string, string>
}

/**
 * Check a receipt: that the ledger's key signed its promise, and that its proof leads to a signed checkpoint; with
 * the log at hand, that the entry is in it. A promise alone says nothing of whether it was kept.
 */
export function verifyReceipt(
  text: string,
  { log, since }: { log?: LogAtHand | undefined; since?: string | undefined } = {},
): VerifiedReceipt {
  const found = new Findings()
  const answer = (rest: Partial<VerifiedReceipt> = {}): VerifiedReceipt => ({
    state: found.state,
    altered: found.altered,
    cannotTell: found.cannotTell,
    entry: null,
    key: null,
    rollback: 'not ruled out',
    ...rest,
  })
  const receipt = parseReceipt(text)
  if (!receipt) {
    found.cannotTell.push(`This is no receipt of the format ${RECEIPT_FORMAT}.`)
    return answer()
  }
  const key = parseVerifierLine(receipt.key)
  const promised = key && openPromise(receipt.promise, key)
  if (!key || !promised) {
    found.add(
      'receipt',
      'promise',
      'The promise does not carry the signature of the key that the receipt names.',
    )
    return answer({ key: receipt.key })
  }
  if (receipt.place) checkPlace(receipt.place, { promised, key, found })
  if (log && verifierLine(log.key) === receipt.key) checkKept(promised, { log, found })
  else if (log)
    found.cannotTell.push('The receipt was signed by the key of another ledger than the one at hand.')
  else if (!receipt.place)
    found.cannotTell.push(
      'The receipt is a promise; whether it was kept, only the record can tell (--data DIR), or a receipt taken later.',
    )
  return answer({
    entry: promised.entry,
    key: receipt.key,
    rollback: checkSince(since, { receipt, key, found }),
  })
}

function parseReceipt(text: string): SignedReceipt | null {
  try {
    return SignedReceipt.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function openPromise(note: string, key: VerifyingKey): Promised | null {
  const text = openNote(note, key)
  const [, entry = '', leaf = '', at = ''] = text?.split('\n') ?? []
  return text === promiseText({ entry, leaf, at }) ? { entry, leaf, at } : null
}

function checkPlace(
  { index, proof, checkpoint: note }: NonNullable<SignedReceipt['place']>,
  { promised, key, found }: { promised: Promised; key: VerifyingKey; found: Findings },
): void {
  const checkpoint = openCheckpoint(note, key)
  if (!checkpoint) {
    found.add(
      'receipt',
      'checkpoint',
      'The checkpoint does not carry the signature of the key that the receipt names.',
    )
    return
  }
  const { size, root } = checkpoint
  const siblings = proof.map((hex) => Buffer.from(hex, 'hex'))
  const spelt = siblings.every((bytes, n) => bytes.length === 32 && bytes.toString('hex') === proof[n])
  const leaf = Buffer.from(promised.leaf, 'hex')
  if (!spelt || !provesInclusion({ leaf, index, size, proof: siblings, root }))
    found.add('receipt', promised.entry, 'The proof of its place does not lead to the checkpoint.')
}

function checkKept({ entry, leaf }: Promised, { log, found }: { log: LogAtHand; found: Findings }): void {
  const kept = log.leaves.get(entry)
  if (kept === undefined)
    found.add('entry', entry, 'This entry was promised a place and is not in the ledger.')
  else if (leafHash(kept).toString('hex') !== leaf)
    found.add('entry', entry, 'This entry is not the one that the receipt was given for.')
}

/** One checkpoint beside another of the same size says which is right; of another size only the whole log does. */
function checkSince(
  since: string | undefined,
  { receipt, key, found }: { receipt: SignedReceipt; key: VerifyingKey; found: Findings },
): 'ruled out' | 'not ruled out' {
  if (since === undefined) return 'not ruled out'
  const earlier = openCheckpoint(since.endsWith('\n') ? since : `${since}\n`, key)
  const own = receipt.place && openCheckpoint(receipt.place.checkpoint, key)
  if (!earlier) found.cannotTell.push('The checkpoint given was not signed by this ledger.')
  else if (!own || own.size !== earlier.size)
    found.cannotTell.push(
      'A receipt alone cannot show that its ledger continues the checkpoint given; verify the record.',
    )
  else if (!own.root.equals(earlier.root))
    found.add(
      'ledger',
      String(own.size),
      'The checkpoint given and the one of the receipt are of two ledgers: one was replaced.',
    )
  else return 'ruled out'
  return 'not ruled out'
}
