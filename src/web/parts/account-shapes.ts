import type { z } from 'zod'
import type { accountOperations } from '../../protection/accounts-contract.ts'

export type Account = z.output<(typeof accountOperations)['account']['answer']>
export type OneOfUs = z.output<(typeof accountOperations)['people']['answer']>['people'][number]
export type AccountLine = z.output<(typeof accountOperations)['accounts']['answer']>['accounts'][number]

/** A link that was just made, and for whom. */
export interface MadeLink {
  readonly name: string
  readonly link: string
}
