import { z } from 'zod'
import { reading, wholeNumber } from '../foundation/operation.ts'

export const signInLogOperations = {
  signIns: reading({
    path: '/sign-ins',
    summary:
      'What happened at the door: your own sign-ins and tries of your login; everybody’s for who audits or administers',
    query: z.strictObject({ before: wholeNumber(0, Number.MAX_SAFE_INTEGER), limit: wholeNumber(50, 500) }),
    answer: z.object({
      lines: z.array(
        z.object({
          id: z.number(),
          at: z.string(),
          /** Null where the login that was tried is nobody’s. */
          who: z.string().nullable(),
          about: z.string().nullable(),
          mine: z.boolean(),
          what: z.string(),
          /** "done", or the code of the refusal. */
          outcome: z.string(),
          device: z.string(),
          /** The same for all that came from one network on one day, and otherwise nothing. */
          network: z.string(),
        }),
      ),
    }),
  }),
}
