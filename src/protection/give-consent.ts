import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import type { Tx } from '../storage/database.ts'
import { levelNumber } from './actor.ts'
import { grantKind } from './consent-kinds.ts'
import { levelOfRecord } from './consent-store.ts'
import { newTask } from './consent-tasks.ts'
import type { Allowed, Grant, Talk } from './grant.ts'
import { theHelper } from './keep-interlocutor.ts'
import { mustBeAllowed } from './may.ts'
import { ofCase, theInterlocutor } from './within-case.ts'

/**
 * Record what a person allowed and refused in one talk. For each purpose and recipient the newest word is what counts: a
 * narrower consent, or a refusal, replaces a wider one.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`, `nothing_allowed`, `talk_unfinished`, `giver_missing`,
 *   `term_backwards`, `helper_unknown`, `evidence_unfit`
 */
export async function giveConsent(
  tx: Tx,
  interlocutor: string,
  { allowed, talk }: { allowed: readonly Allowed[]; talk: Talk },
): Promise<{ ids: string[]; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  await theInterlocutor(tx, interlocutor)
  mustBeWhole(allowed, talk)
  if (talk.interpreter !== null) await theHelper(tx, talk.interpreter)
  if (talk.evidence !== null) await mustBeEvidence(tx, talk.evidence)
  const recordedAt = new Date().toISOString()
  const changes = allowed.map((one) => {
    const body: Grant = {
      interlocutor,
      ...one,
      ...talk,
      recordedBy: tx.actor.person,
      recordedAt,
      withdrawn: null,
    }
    return ofCase(tx, grantKind, { id: newId('grant'), revision: 0, body })
  })
  const contact =
    talk.nextContact === null
      ? []
      : [newTask(tx, { interlocutor, kind: 'contact', due: talk.nextContact, who: tx.actor.person })]
  const receipt = await change(tx, 'recorded what a person allows', [...changes, ...contact])
  return { ids: changes.map(({ state }) => state.id), receipt }
}

function mustBeWhole(allowed: readonly Allowed[], talk: Talk): void {
  if (allowed.length === 0)
    throw new Refusal(
      'nothing_allowed',
      'Say what was allowed or refused: at least one purpose and recipient.',
    )
  const yes = allowed.some(({ identifiability }) => identifiability !== 'none')
  // Who refuses need not have heard all of it first.
  if (yes && !['risks', 'withdrawal', 'free_to_refuse'].every((one) => talk.explained.includes(one as never)))
    throw new Refusal(
      'talk_unfinished',
      'A consent stands only when the risks, the right to refuse and the right to withdraw were explained; do that, and tick them.',
    )
  if ((talk.givenBy !== 'self' && talk.giver === '') || (talk.method === 'oral' && talk.notedBy === ''))
    throw new Refusal(
      'giver_missing',
      'Say who gave it where that is not the person, and who heard it where it was only spoken.',
    )
  for (const { from, to } of allowed)
    if (to !== null && to < from)
      throw new Refusal(
        'term_backwards',
        'The last day of a consent lies before its first; correct one of the two.',
      )
}

/** The signed paper or the recording of a consent is guarded as the person is. @throws Refusal `evidence_unfit` */
async function mustBeEvidence(tx: Tx, source: string): Promise<void> {
  const level = source.startsWith('src_') ? await levelOfRecord(tx, source) : null
  if (level === levelNumber('case')) return
  throw new Refusal(
    'evidence_unfit',
    'The signed paper or the recording is a source of the open case; take it in while the case is open, then name it here.',
  )
}
