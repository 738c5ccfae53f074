/** A consent talk in which all was explained, and an interview; of an invented person. */
export const A_TALK = {
  language: 'kk',
  method: 'written' as const,
  notedBy: '',
  givenBy: 'self' as const,
  giver: '',
  interpreter: null,
  explained: ['who_we_are', 'risks', 'free_to_refuse', 'withdrawal'] as (
    | 'who_we_are'
    | 'risks'
    | 'free_to_refuse'
    | 'withdrawal'
  )[],
  questions: '',
  timeToDecide: 'two days',
  nextContact: null,
  evidence: null,
}

export const AN_INTERVIEW = {
  on: '2026-01-10',
  place: 'a quiet room',
  language: 'kk',
  present: [{ role: 'interviewer' as const, person: null, helper: null, name: '' }],
  sources: [],
  referrals: [],
  promised: 'To say what the court decides.',
  limits: '',
}
