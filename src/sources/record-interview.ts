import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { feedbackBy, newTask } from '../protection/consent-tasks.ts'
import { theHelper } from '../protection/keep-interlocutor.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { ofCase, theInterlocutor, theOpenCase } from '../protection/within-case.ts'
import type { Tx } from '../storage/database.ts'
import type { Interview, InterviewFacts } from './interview.ts'
import { interviewKind } from './interview-kinds.ts'
import { interviewById, interviewsWith, type KnownInterview } from './interview-store.ts'
import { findSource } from './source-store.ts'

/**
 * Record an interview with a person of the open case. Whoever told it before should not have to tell it again: each earlier
 * account must have been seen, and why another is needed is written down. What became of it is owed to the person by a day.
 *
 * @throws Refusal `case_not_open`, `interlocutor_unknown`, `earlier_accounts`, `feedback_missing`, `source_unknown`,
 *   `helper_unknown`
 */
export async function recordInterview(
  tx: Tx,
  interlocutor: string,
  {
    facts,
    seen,
    whyAgain,
    feedback,
  }: {
    facts: InterviewFacts
    /** Ids of the earlier interviews that were shown. */
    seen: readonly string[]
    whyAgain: string
    feedback: { due: string; note: string }
  },
): Promise<{ id: string; receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  await theInterlocutor(tx, interlocutor)
  const earlier = (await interviewsWith(tx, interlocutor)).map(({ id }) => id)
  if (earlier.length > 0 && (earlier.some((id) => !seen.includes(id)) || whyAgain.trim() === '')) {
    throw new Refusal(
      'earlier_accounts',
      `This person has told it before (earlier interviews: ${earlier.length}); read those first, and say why they are asked again.`,
    )
  }
  mustHearOfIt(feedback, facts)
  await mustBeThere(tx, facts)
  const id = newId('interview')
  const interview: Interview = {
    interlocutor,
    ...facts,
    earlier: earlier.length === 0 ? null : { seen: earlier, why: whyAgain.trim() },
    form: null,
    recordedBy: tx.actor.person,
  }
  const receipt = await change(tx, 'recorded an interview', [
    ofCase(tx, interviewKind, { id, revision: 0, body: interview }),
    newTask(tx, { interlocutor, kind: 'feedback', who: tx.actor.person, interview: id, ...feedback }),
  ])
  return { id, receipt }
}

/**
 * Correct or complete what is told of an interview. `revision` is the one that was on screen. `feedback` moves the day by which
 * the person hears what became of it; where they heard already, it is owed once more.
 *
 * @throws Refusal `case_not_open`, `interview_unknown`, `feedback_missing`, `source_unknown`, `helper_unknown`,
 *   `changed_meanwhile`
 */
export async function describeInterview(
  tx: Tx,
  id: string,
  {
    revision,
    feedback,
    ...facts
  }: InterviewFacts & { revision?: number | undefined; feedback?: { due: string } | undefined },
): Promise<{ receipt: Receipt }> {
  mustBeAllowed(tx.actor, 'consent')
  const known = await theInterview(tx, id)
  await mustBeThere(tx, facts)
  const body = { ...known.interview, ...facts }
  const changed = [ofCase(tx, interviewKind, { id, revision: revision ?? known.revision, body })]
  if (feedback) {
    mustHearOfIt(feedback, facts)
    const { interlocutor } = known.interview
    changed.push(await feedbackBy(tx, { interview: id, interlocutor, due: feedback.due }))
  }
  return { receipt: await change(tx, 'described an interview', changed) }
}

/** Interviews with a person, the newest first. @throws Refusal `case_not_open`, `interlocutor_unknown` */
export async function readInterviews(tx: Tx, interlocutor: string): Promise<KnownInterview[]> {
  mustBeAllowed(tx.actor, 'read')
  await theInterlocutor(tx, interlocutor)
  return interviewsWith(tx, interlocutor)
}

/** @throws Refusal `case_not_open`, `interview_unknown` */
export async function theInterview(tx: Tx, id: string): Promise<KnownInterview> {
  theOpenCase(tx)
  const known = await interviewById(tx, id)
  if (known) return known
  throw new Refusal('interview_unknown', 'There is no such interview in the open case; choose from the list.')
}

function mustHearOfIt({ due }: { due: string }, { on }: InterviewFacts): void {
  if (due < on)
    throw new Refusal(
      'feedback_missing',
      'Say by which day after the interview the person hears what became of it.',
    )
}

async function mustBeThere(tx: Tx, { sources, present }: InterviewFacts): Promise<void> {
  for (const source of sources)
    if (!(await findSource(tx, source)))
      throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  for (const { helper } of present) if (helper !== null) await theHelper(tx, helper)
}
