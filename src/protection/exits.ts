import { Refusal } from '../foundation/refusal.ts'
import type { Tx } from '../storage/database.ts'
import {
  type Identifiability,
  isRecallable,
  PURPOSES,
  type Purpose,
  RECIPIENTS,
  type Recipient,
  SHOWN,
  showsNoMore,
} from './consent-codes.ts'
import { askLeave } from './consent-store.ts'
import { mustBeAllowed } from './may.ts'
import { mustHaveProved } from './proved.ts'

/**
 * Every way in which content leaves the record as a file. What is not in this table must not write a file or send one: a
 * test looks through the doors for it. `shows` is the least that the output shows of a person whose words are in it.
 */
export const EXITS = {
  package: { door: 'rapporteur package', action: 'export', shows: 'full_identity' },
  original: { door: 'GET /api/sources/:id/original', action: 'read', shows: 'full_identity' },
} as const satisfies Record<string, { door: string; action: 'export' | 'read'; shows: Identifiability }>
export type Exit = keyof typeof EXITS

/** What lets others than the case team see it without sending a file passes the same way. */
export const WIDENINGS = {
  lowering: { door: 'POST /api/lowerings/:id', action: 'lower', shows: 'full_identity' },
} as const satisfies Record<string, { door: string; action: 'lower'; shows: Identifiability }>
const WAYS = { ...EXITS, ...WIDENINGS }

/** For what, to whom, and how far people can be recognised in it. */
export interface Leaving {
  readonly purpose: Purpose
  readonly recipient: Recipient
  /** Who exactly, in words. */
  readonly recipientName: string
  readonly identifiability: Identifiability
  /** Whoever sends it has read the conditions that people set, and keeps to them. */
  readonly conditionsRead: boolean
}

/** Read within the case it was told to: the one use that needs nobody's leave, as long as that case is open. */
export const WITHIN_THE_CASE: Leaving = {
  purpose: 'internal_analysis',
  recipient: 'case_team',
  recipientName: '',
  identifiability: 'full_identity',
  conditionsRead: false,
}

/** Shown to all who work here. */
export const AMONG_US: Leaving = { ...WITHIN_THE_CASE, recipient: 'organisation' }

/**
 * The one function that every way out passes. It finds everybody whom these records concern, asks for a leave of each
 * that covers purpose, recipient and how far they can be recognised, and writes a use for each in this transaction.
 *
 * @throws Refusal `consent_missing`, which names everybody whose leave is missing to those who have their case open, and to
 *   others nothing but that it is missing; `conditions_unread`; `shows_more`; `prove_again`
 */
export async function leaveBy(
  tx: Tx,
  exit: Exit | keyof typeof WIDENINGS,
  {
    records,
    leaving,
    output,
    onlyAsked = false,
  }: {
    records: readonly string[]
    leaving: Leaving
    /** `thing` is the source, dossier or record that leaves; `name` what whoever sends it calls the file, or empty. */
    output: { readonly thing: string; readonly name: string; readonly sha256: string | null }
    /** Ask without leaving: before long work, whose end asks again. */
    onlyAsked?: boolean
  },
): Promise<{ uses: number }> {
  mustBeAllowed(tx.actor, WAYS[exit].action)
  const { purpose, recipient, recipientName, identifiability, conditionsRead } = leaving
  // What is opened within the case team is work of every hour; what goes further is not.
  if (recipient !== 'case_team') mustHaveProved(tx)
  if (!showsNoMore(WAYS[exit].shows, identifiability))
    throw new Refusal(
      'shows_more',
      `This shows ${said(WAYS[exit].shows)} of the people in it, not ${said(identifiability)}; ask for leave of that, or send something that shows less.`,
    )
  const answer = await askLeave(tx, {
    records: [...new Set(records)],
    exit,
    purpose,
    recipient,
    recipientName,
    identifiability,
    conditionsRead,
    thing: output.thing,
    output: output.name,
    sha256: output.sha256,
    recallable: isRecallable(recipient),
    onlyAsked,
  })
  const wanted = `${said(purpose)}, to ${said(recipient)}, with ${said(identifiability)}`
  if (answer.missing.length > 0) {
    const who = answer.missing.map(({ pseudonym }) => pseudonym).join(', ')
    const more = answer.hidden ? ', and of others whose case is not open' : ''
    throw new Refusal(
      'consent_missing',
      `Nothing left, because consent is missing: ${wanted} has no standing leave of ${who}${more}. Ask them, or leave out what concerns them.`,
      { missing: answer.missing },
    )
  }
  if (answer.hidden)
    throw new Refusal(
      'consent_missing',
      'Nothing left, because consent is missing; ask those who keep the case, or leave out what concerns it.',
    )
  if (answer.conditions.length > 0) {
    const set = answer.conditions.map((one) => `${one.pseudonym}: ${one.conditions}`).join('; ')
    throw new Refusal(
      'conditions_unread',
      `Nothing left yet: read the conditions that people set, and say that you keep to them (${set}).`,
    )
  }
  return { uses: answer.uses }
}

function said(term: string): string {
  return term.replaceAll('_', ' ')
}

/** The class of recipients as the line about an export has it. */
export function goingTo({ recipient }: Leaving): { recipient: Recipient; recallable: boolean } {
  return { recipient, recallable: isRecallable(recipient) }
}

/** What was asked for by whoever opens a door, read and completed. @throws Refusal `leaving_unreadable` */
export function readLeaving(
  given: Readonly<
    Partial<Record<'purpose' | 'recipient' | 'identifiability' | 'to' | 'conditions', string | undefined>>
  >,
  fallback: Leaving,
): Leaving {
  const pick = <Known extends string>(
    wanted: string | undefined,
    known: readonly Known[],
    otherwise: Known,
  ): Known => {
    if (wanted === undefined || wanted === '') return otherwise
    const found = known.find((one) => one === wanted.replaceAll('-', '_'))
    if (found === undefined)
      throw new Refusal(
        'leaving_unreadable',
        `"${wanted}" is not one of ${known.join(', ')}; choose one of these.`,
      )
    return found
  }
  return {
    purpose: pick(given.purpose, PURPOSES, fallback.purpose),
    recipient: pick(given.recipient, RECIPIENTS, fallback.recipient),
    identifiability: pick(given.identifiability, SHOWN, fallback.identifiability as (typeof SHOWN)[number]),
    recipientName: given.to ?? fallback.recipientName,
    conditionsRead: given.conditions === 'read' || fallback.conditionsRead,
  }
}
