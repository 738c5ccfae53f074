import { z } from 'zod'
import { ReceiptView, reading, writing } from '../foundation/operation.ts'
import { Access, Case } from './case.ts'

const caseRefusals = ['not_there']

export const protectionOperations = {
  cases: reading({
    path: '/cases',
    summary: 'The cases that you may open, by their codes',
    answer: z.object({
      cases: z.array(z.object({ id: z.string(), code: z.string(), dossier: z.string() })),
    }),
  }),
  openCase: writing({
    path: '/cases',
    summary: 'Open a case within a dossier; you are on it, and nobody else',
    refusals: ['dossier_unknown', 'reason_missing'],
    body: z.strictObject({ dossier: z.string(), title: z.string().min(1), reason: z.string() }),
    answer: z.object({ id: z.string(), code: z.string(), receipt: ReceiptView }),
  }),
  readCase: reading({
    path: '/cases/:id',
    summary: 'An opened case (header Rapporteur-Case): what it is, and who is or was on it',
    refusals: caseRefusals,
    answer: z.object({
      id: z.string(),
      revision: z.number(),
      case: Case,
      access: z.array(Access.extend({ name: z.string() })),
    }),
  }),
  giveAccess: writing({
    path: '/access/:compartment',
    summary: 'Give one person access to a team or an opened case that you are on',
    refusals: [...caseRefusals, 'person_unknown', 'access_stands', 'term_past', 'reason_missing'],
    body: z.strictObject({
      person: z.string(),
      until: z.iso.datetime({ offset: true }).nullable().default(null),
      reason: z.string(),
    }),
    answer: z.object({ id: z.string(), receipt: ReceiptView }),
  }),
  endAccess: writing({
    path: '/access/:compartment/end',
    summary: 'Take access away from one person, from their next request on',
    refusals: [...caseRefusals, 'access_ended', 'last_on_it', 'reason_missing'],
    body: z.strictObject({ person: z.string(), reason: z.string() }),
    answer: z.object({ receipt: ReceiptView }),
  }),
}
