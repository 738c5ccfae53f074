import { acceptInvitation, readInvitation } from '../protection/accept-invitation.ts'
import type { accountOperations } from '../protection/accounts-contract.ts'
import { becomeOrganisation } from '../protection/become-organisation.ts'
import { changeRoles, endMembership } from '../protection/change-roles.ts'
import { endSessionsOfPerson, invite, inviteAgain } from '../protection/invite.ts'
import {
  addOwnPasskey,
  beginPasskey,
  beginPassword,
  endOtherSessions,
  endOwnSession,
  makeToken,
  readAccount,
  removeOwnPasskey,
  setPassword,
  signOut,
} from '../protection/own-account.ts'
import { readAccounts, readPeople } from '../protection/people.ts'
import { beginProof, prove } from '../protection/prove.ts'
import { confirmReset, proposeReset } from '../protection/reset-account.ts'
import { beginSignIn, signIn } from '../protection/sign-in.ts'
import { withdrawReset } from '../protection/withdraw-reset.ts'
import type { Handlers, House } from './handlers.ts'

/** As a person gets it: the code stands behind the #, which no server and no log ever sees. */
function linkOf({ site }: House, code: string): string {
  return `${site.address}/invitation#${code}`
}

export const accountHandlers: Handlers<typeof accountOperations> = {
  async beginSignIn({ house }) {
    return { asked: { ...(await beginSignIn(house)) } }
  },
  async signIn({ house, body, door }) {
    door.givePass((await signIn(house, body, door.visitor)).pass)
    return {}
  },
  async readInvitation({ house, body: { code } }) {
    const { passkey, ...welcome } = await readInvitation(house, code)
    return { ...welcome, passkey: { ...passkey } }
  },
  async acceptInvitation({ house, body, door }) {
    door.givePass((await acceptInvitation(house, body, door.visitor)).pass)
    return {}
  },
  async signOut({ house, door }) {
    await signOut(house)
    door.takePass()
    return {}
  },
  async beginProof({ house }) {
    const { passkey, ...ways } = await beginProof(house)
    return { ...ways, passkey: passkey && { ...passkey } }
  },
  async prove({ house, body, door }) {
    door.givePass((await prove(house, body, door.visitor)).pass)
    return {}
  },
  async account({ house }) {
    const { roles, passkeys, sessions, ...account } = await readAccount(house)
    return {
      ...account,
      roles: [...roles],
      passkeys: [...passkeys],
      sessions: sessions.map((one) => ({ ...one, scopes: one.scopes && [...one.scopes] })),
    }
  },
  async beginPasskey({ house }) {
    return { asked: { ...(await beginPasskey(house)) } }
  },
  async addPasskey({ house, body }) {
    return addOwnPasskey(house, body)
  },
  async removePasskey({ house, params: { id } }) {
    await removeOwnPasskey(house, id)
    return {}
  },
  async beginPassword({ house }) {
    return beginPassword(house)
  },
  async setPassword({ house, body }) {
    await setPassword(house, body)
    return {}
  },
  async endSession({ house, params: { id } }) {
    await endOwnSession(house, id)
    return {}
  },
  async endSessions({ house }) {
    return endOtherSessions(house)
  },
  async makeToken({ house, body }) {
    return makeToken(house, body)
  },
  async people({ read }) {
    const people = await read(readPeople)
    return { people: people.map((one) => ({ ...one, roles: [...one.roles] })) }
  },
  async accounts({ house }) {
    return readAccounts(house)
  },
  async invite({ house, write, body }) {
    const { code, ...made } = await write((tx) => invite(tx, body))
    return { ...made, link: linkOf(house, code) }
  },
  async inviteAgain({ house, write, params: { person } }) {
    const { code } = await write((tx) => inviteAgain(tx, person))
    return { person, link: linkOf(house, code) }
  },
  async changeRoles({ write, params: { person }, body }) {
    return write((tx) => changeRoles(tx, { person, ...body }))
  },
  async endMembership({ write, params: { person }, body }) {
    return write((tx) => endMembership(tx, { person, ...body }))
  },
  async endSessionsOf({ write, params: { person } }) {
    return write((tx) => endSessionsOfPerson(tx, person))
  },
  async proposeReset({ write, params: { person }, body }) {
    await write((tx) => proposeReset(tx, { person, ...body }))
    return {}
  },
  async confirmReset({ house, write, params: { person } }) {
    const { code, receipt } = await write((tx) => confirmReset(tx, person))
    return { person, link: linkOf(house, code), receipt }
  },
  async withdrawReset({ write, params: { person } }) {
    await write((tx) => withdrawReset(tx, person))
    return {}
  },
  async becomeOrganisation({ house, write, body }) {
    const { person, administrator, receipt } = await write((tx) => becomeOrganisation(tx, body))
    return { person: linkOf(house, person ?? ''), administrator: linkOf(house, administrator), receipt }
  },
}
