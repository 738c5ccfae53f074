import { z } from 'zod'
import { opening, ReceiptView, reading, writing } from '../foundation/operation.ts'
import { ROLES, SCOPES } from './actor.ts'

/** What a browser's authenticator answers (W3C Web Authentication, section 5.1); its members are checked where it is read. */
const FromBrowser = z.record(z.string(), z.unknown())
/** What a browser's authenticator is to be asked. */
const Asked = z.record(z.string(), z.unknown())
const Role = z.enum(ROLES)
const Scope = z.enum(SCOPES)
const Login = z.string().max(200)
const Code = z.string().max(40)
const Label = z.string().trim().min(1).max(80)
const NewSecret = z.object({ secret: z.string(), uri: z.string(), ticket: z.string() })
const PasswordAndCode = z.strictObject({
  password: z.string().max(1000),
  code: Code,
  ticket: z.string().max(400),
})
const Shown = z.union([
  z.strictObject({ passkey: FromBrowser }),
  z.strictObject({ login: Login, password: z.string().max(1000), code: Code }),
])
const OneTime = z.object({ person: z.string(), link: z.string() })

const own = ['organisation_needed']
const proved = [...own, 'prove_again']

/** Signing in, one's own account, and the people of an organisation. */
export const accountOperations = {
  beginSignIn: opening({
    path: '/sign-in/begin',
    summary: 'What to ask the browser for: a passkey of this place',
    body: z.strictObject({}),
    answer: z.object({ asked: Asked }),
  }),
  signIn: opening({
    path: '/sign-in',
    summary: 'Sign in with a passkey, or with password and code; every failure is answered alike',
    refusals: ['sign_in_refused', 'too_many_tries'],
    body: Shown,
    answer: z.object({}),
  }),
  readInvitation: opening({
    path: '/invitations/read',
    summary: 'What a one-time link is for, and both ways to sign in with it',
    refusals: ['link_unknown'],
    body: z.strictObject({ code: z.string().max(200) }),
    answer: z.object({
      name: z.string(),
      login: z.string(),
      organisation: z.string(),
      purpose: z.enum(['account', 'reset']),
      passkey: Asked,
      totp: NewSecret,
    }),
  }),
  acceptInvitation: opening({
    path: '/invitations/accept',
    summary: 'Make an account one’s own by its one-time link, and be signed in',
    refusals: ['link_unknown', 'way_missing', 'passkey_refused', 'password_weak', 'code_wrong'],
    body: z.strictObject({
      code: z.string().max(200),
      passkey: z.strictObject({ label: Label, response: FromBrowser }).nullable().default(null),
      password: PasswordAndCode.nullable().default(null),
    }),
    answer: z.object({}),
  }),
  signOut: writing({
    path: '/sign-out',
    summary: 'End this session; the browser forgets what it holds of this place',
    refusals: own,
    body: z.strictObject({}),
    answer: z.object({}),
  }),
  beginProof: writing({
    path: '/prove/begin',
    summary: 'What to ask the browser for before something that weighs more',
    refusals: own,
    body: z.strictObject({}),
    answer: z.object({ passkey: Asked.nullable(), password: z.boolean(), login: z.string() }),
  }),
  prove: writing({
    path: '/prove',
    summary: 'Show once more that it is you: it holds five minutes',
    refusals: [...own, 'sign_in_refused', 'too_many_tries'],
    body: Shown,
    answer: z.object({}),
  }),
  account: reading({
    path: '/account',
    summary: 'Your account: how you sign in, where you are signed in, and your tokens',
    answer: z.object({
      name: z.string(),
      login: z.string().nullable(),
      organisation: z.string(),
      alone: z.boolean(),
      roles: z.array(Role),
      proved: z.boolean(),
      /** An administrator proposed to set it anew, and nobody agreed yet. */
      reset: z.object({ person: z.string(), by: z.string(), reason: z.string(), at: z.string() }).nullable(),
      password: z.boolean(),
      passkeys: z.array(
        z.object({ id: z.string(), label: z.string(), madeAt: z.string(), usedAt: z.string().nullable() }),
      ),
      sessions: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['local', 'browser', 'token']),
          label: z.string(),
          scopes: z.array(Scope).nullable(),
          madeAt: z.string(),
          seenAt: z.string(),
          endsAt: z.string().nullable(),
          here: z.boolean(),
        }),
      ),
    }),
  }),
  beginPasskey: writing({
    path: '/account/passkeys/begin',
    summary: 'What to ask the browser for to make a passkey',
    refusals: proved,
    body: z.strictObject({}),
    answer: z.object({ asked: Asked }),
  }),
  addPasskey: writing({
    path: '/account/passkeys',
    summary: 'Add a passkey',
    refusals: [...proved, 'passkey_refused'],
    body: z.strictObject({ label: Label, response: FromBrowser }),
    answer: z.object({ id: z.string() }),
  }),
  removePasskey: writing({
    path: '/account/passkeys/:id/remove',
    summary: 'Remove a passkey, unless it is the only way in',
    refusals: [...proved, 'not_there', 'last_way_in'],
    body: z.strictObject({}),
    answer: z.object({}),
  }),
  beginPassword: writing({
    path: '/account/password/begin',
    summary: 'A secret for an authenticator app',
    refusals: proved,
    body: z.strictObject({}),
    answer: NewSecret,
  }),
  setPassword: writing({
    path: '/account/password',
    summary: 'A password and an authenticator app in place of those before; other sessions end',
    refusals: [...proved, 'password_weak', 'code_wrong'],
    body: PasswordAndCode,
    answer: z.object({}),
  }),
  endSession: writing({
    path: '/account/sessions/:id/end',
    summary: 'End one of your sessions or tokens',
    refusals: [...own, 'not_there'],
    body: z.strictObject({}),
    answer: z.object({}),
  }),
  endSessions: writing({
    path: '/account/sessions/end',
    summary: 'End every other session and token of yours',
    refusals: own,
    body: z.strictObject({}),
    answer: z.object({ ended: z.number() }),
  }),
  makeToken: writing({
    path: '/account/tokens',
    summary: 'A token for a script: for some of what you may do, for a time; shown once',
    refusals: proved,
    body: z.strictObject({
      label: Label,
      scopes: z.array(Scope).min(1),
      days: z.number().int().min(1).max(366),
    }),
    answer: z.object({ id: z.string(), token: z.string() }),
  }),
  people: reading({
    path: '/people',
    summary: 'Everybody who works here or did',
    answer: z.object({
      people: z.array(
        z.object({
          person: z.string(),
          name: z.string(),
          roles: z.array(Role),
          ended: z.string().nullable(),
          me: z.boolean(),
        }),
      ),
    }),
  }),
  accounts: reading({
    path: '/accounts',
    summary:
      'For an administrator: accounts, where one-time links wait, and what waits for a second administrator',
    answer: z.object({
      organisation: z.string(),
      administrators: z.number(),
      accounts: z.array(
        z.object({
          person: z.string(),
          login: z.string(),
          ready: z.boolean(),
          linkUntil: z.string().nullable(),
          sessions: z.number(),
          seenAt: z.string().nullable(),
          reset: z
            .object({ by: z.string(), byMe: z.boolean(), reason: z.string(), at: z.string() })
            .nullable(),
        }),
      ),
    }),
  }),
  invite: writing({
    path: '/people',
    summary: 'Take somebody in; their one-time link is shown once',
    refusals: [...proved, 'name_missing', 'login_unreadable', 'login_taken', 'roles_apart'],
    body: z.strictObject({ name: z.string().max(200), login: Login, roles: z.array(Role) }),
    answer: OneTime.extend({ receipt: ReceiptView }),
  }),
  inviteAgain: writing({
    path: '/people/:person/link',
    summary: 'Another one-time link for somebody who has not used theirs',
    refusals: [...proved, 'person_unknown', 'account_ready'],
    body: z.strictObject({}),
    answer: OneTime,
  }),
  changeRoles: writing({
    path: '/people/:person/roles',
    summary: 'Give somebody other roles, from their next request on',
    refusals: [
      ...proved,
      'person_unknown',
      'reason_missing',
      'roles_apart',
      'last_administrator',
      'last_on_it',
    ],
    body: z.strictObject({ roles: z.array(Role), reason: z.string() }),
    answer: z.object({ receipt: ReceiptView }),
  }),
  endMembership: writing({
    path: '/people/:person/end',
    summary: 'Somebody works here no more: their sessions and tokens end with it',
    refusals: [...proved, 'person_unknown', 'reason_missing', 'last_administrator', 'last_on_it'],
    body: z.strictObject({ reason: z.string() }),
    answer: z.object({ receipt: ReceiptView }),
  }),
  endSessionsOf: writing({
    path: '/people/:person/sessions/end',
    summary: 'End every session and token of somebody',
    refusals: [...own, 'person_unknown'],
    body: z.strictObject({}),
    answer: z.object({ ended: z.number() }),
  }),
  proposeReset: writing({
    path: '/people/:person/reset',
    summary: 'Propose that an account be set anew; another administrator has to confirm',
    refusals: [...proved, 'person_unknown', 'reason_missing', 'second_administrator_needed'],
    body: z.strictObject({ reason: z.string() }),
    answer: z.object({}),
  }),
  confirmReset: writing({
    path: '/people/:person/reset/confirm',
    summary: 'Agree to a reset that another administrator proposed; the one-time link is shown once',
    refusals: [...proved, 'person_unknown', 'reset_unknown', 'second_administrator_needed'],
    body: z.strictObject({}),
    answer: OneTime.extend({ receipt: ReceiptView }),
  }),
  withdrawReset: writing({
    path: '/people/:person/reset/withdraw',
    summary: 'Take back a reset that waits: whoever proposed it, or whoever it is about',
    refusals: [...own, 'reset_unknown'],
    body: z.strictObject({}),
    answer: z.object({}),
  }),
  becomeOrganisation: writing({
    path: '/organisation',
    summary:
      'One person’s record becomes an organisation’s: an account for that person, and one for an administrator',
    refusals: ['organisation_already', 'name_missing', 'login_unreadable', 'login_taken'],
    body: z.strictObject({
      name: z.string().max(200),
      person: z.strictObject({ name: z.string().max(200), login: Login }),
      administrator: z.strictObject({ name: z.string().max(200), login: Login }),
    }),
    answer: z.object({ person: z.string(), administrator: z.string(), receipt: ReceiptView }),
  }),
}
