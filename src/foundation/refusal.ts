/**
 * A rule of the record is not met, and a person can do something about it.
 *
 * `code` is public and stable (docs/refusals.md lists all of them); the message is one sentence that says what
 * to do; `details` never hold the words of a protected source.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, sentence: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(sentence, options)
    this.code = code
    this.details = details
  }
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Refusal
}
