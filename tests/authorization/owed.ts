import type { Actor } from '../../src/protection/actor.ts'
import { describeProcessing } from '../../src/protection/describe-processing.ts'
import { giveConsent } from '../../src/protection/give-consent.ts'
import { recordDataRequest } from '../../src/protection/keep-data-request.ts'
import { proposeErasure } from '../../src/protection/propose-erasure.ts'
import { withdrawConsent } from '../../src/protection/withdraw-consent.ts'
import { ALL_KINDS } from '../../src/publication/all-kinds.ts'
import { asActor } from '../../src/storage/database.ts'
import type { Workspace } from '../../src/storage/workspace.ts'
import { A_TALK } from '../a-talk.ts'
import { aProcessing } from '../processing.ts'

/** What data protection adds to a ground: a proposed erasure, why it is kept, and in a case a request and a withdrawal. */
export async function addWhatIsOwed(
  { database }: Workspace,
  actor: Actor,
  about: { dossier: string; finding: string; word: string; person: string | undefined },
): Promise<{ erasure: string; request: string | undefined; more: Record<string, string> }> {
  const { dossier, finding, word, person } = about
  const write = <Result>(work: Parameters<typeof asActor<Result>>[2]) => asActor(database, actor, work)
  const erasure = await write((tx) =>
    proposeErasure(tx, {
      target: finding,
      reach: 'record',
      ground: 'unlawful',
      askedBy: 'ourselves',
      request: null,
      kinds: ALL_KINDS,
    }),
  )
  const processing = await write((tx) => describeProcessing(tx, { ...aProcessing(dossier), people: word }))
  if (person === undefined)
    return { erasure: erasure.id, request: undefined, more: { processing: processing.id } }
  const request = await write((tx) =>
    recordDataRequest(tx, {
      type: 'access',
      asker: word,
      contact: word,
      concerns: word,
      receivedOn: '2026-01-10',
    }),
  )
  const { ids } = await write((tx) =>
    giveConsent(tx, person, {
      allowed: [
        {
          purpose: 'court',
          recipient: 'court',
          identifiability: 'initials',
          conditions: word,
          from: '2026-01-10',
          to: null,
        },
      ],
      talk: { ...A_TALK, questions: word },
    }),
  )
  await write((tx) =>
    withdrawConsent(tx, person, {
      grants: 'all',
      on: '2026-01-11',
      takenBy: null,
      words: word,
      due: '2026-02-01',
    }),
  )
  return {
    erasure: erasure.id,
    request: request.id,
    more: { processing: processing.id, grant: ids[0] ?? '' },
  }
}
