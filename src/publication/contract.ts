import { z } from 'zod'
import { type Operation, reading } from '../foundation/operation.ts'
import { backupOperations } from '../ledger/backups-contract.ts'
import { ledgerOperations } from '../ledger/contract.ts'
import { matterOperations } from '../matters/contract.ts'
import { accountOperations } from '../protection/accounts-contract.ts'
import { ROLES } from '../protection/actor.ts'
import { consentOperations } from '../protection/consent-contract.ts'
import { protectionOperations } from '../protection/contract.ts'
import { dataProtectionOperations } from '../protection/data-protection-contract.ts'
import { erasureOperations } from '../protection/erasure-contract.ts'
import { levelOperations } from '../protection/levels-contract.ts'
import { signInLogOperations } from '../protection/sign-in-log-contract.ts'
import { searchOperations } from '../search/contract.ts'
import { sourceOperations } from '../sources/contract.ts'
import { interviewOperations } from '../sources/interview-contract.ts'
import { statementOperations } from '../statements/contract.ts'
import { vocabularyOperations } from '../vocabularies/contract.ts'

const Words = z.object({ en: z.string(), ru: z.string(), kk: z.string() })

/** What the frame of every page needs to know. */
export const houseOperations = {
  house: reading({
    path: '/house',
    summary: 'Which record this is, who works on it, and how far its ledger reaches',
    answer: z.object({
      version: z.string(),
      sample: z.boolean(),
      person: z.string(),
      /** Whether one person works here alone, without an account. */
      alone: z.boolean(),
      organisation: z.string(),
      roles: z.array(z.enum(ROLES)),
      /** Whether whoever asks sees content at all; administrators and auditors see none. */
      cleared: z.boolean(),
      /** The data folder, for the one person at this computer. */
      folder: z.string().nullable(),
      dossiers: z.array(z.object({ id: z.string(), slug: z.string(), title: z.string(), level: z.string() })),
      ledger: z.object({
        size: z.number(),
        waiting: z.number(),
        at: z.string().nullable(),
      }),
      tour: z.array(
        z.object({
          id: z.string(),
          /** Where in the web the step is looked at. */
          path: z.string(),
          title: Words,
          text: Words,
        }),
      ),
    }),
  }),
}

/** Everything the HTTP API can do, by name. */
export const OPERATIONS = {
  ...houseOperations,
  ...vocabularyOperations,
  ...sourceOperations,
  ...matterOperations,
  ...statementOperations,
  ...searchOperations,
  ...ledgerOperations,
  ...protectionOperations,
  ...consentOperations,
  ...interviewOperations,
  ...accountOperations,
  ...levelOperations,
  ...signInLogOperations,
  ...erasureOperations,
  ...dataProtectionOperations,
  ...backupOperations,
} satisfies Record<string, Operation>

export type Operations = typeof OPERATIONS
