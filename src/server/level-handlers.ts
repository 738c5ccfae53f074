import { levelPage, waitingLowerings } from '../protection/level-views.ts'
import type { levelOperations } from '../protection/levels-contract.ts'
import { answerLowering, proposeLowering, whatLowers } from '../protection/lower-level.ts'
import { nameTeam, readTeam } from '../protection/name-team.ts'
import { raiseLevel, whatRises } from '../protection/raise-level.ts'
import { readAudit } from '../protection/read-audit.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import { theDossier } from '../sources/dossier.ts'
import type { Handlers } from './handlers.ts'

export const levelHandlers: Handlers<typeof levelOperations> = {
  async levelOf({ read, params: { id } }) {
    return read((tx) => levelPage(tx, id))
  },
  async whatRises({ read, params: { id }, query }) {
    return read(async (tx) => {
      const { counts, ...rest } = await whatRises(tx, { record: id, ...query })
      return { ...rest, counts: { ...counts } }
    })
  },
  async raiseLevel({ write, params: { id }, body }) {
    return write((tx) => raiseLevel(tx, { record: id, ...body, kinds: ALL_KINDS }))
  },
  async whatLowers({ read, params: { id }, query: { level, within, whole } }) {
    const wanted = { record: id, level, within: within ?? null, withWhatPointsAtIt: whole === 'true' }
    return read(async (tx) => {
      const { counts, total } = await whatLowers(tx, wanted)
      return { total, counts: { ...counts } }
    })
  },
  async proposeLowering({ write, params: { id }, body: { whole, ...body } }) {
    return write((tx) => proposeLowering(tx, { record: id, ...body, withWhatPointsAtIt: whole }))
  },
  async lowerings({ read }) {
    return { lowerings: await read(waitingLowerings) }
  },
  async answerLowering({ write, params: { id }, body }) {
    return write((tx) => answerLowering(tx, id, { ...body, kinds: ALL_KINDS }))
  },
  async team({ read, params: { slug } }) {
    return read(async (tx) => readTeam(tx, (await theDossier(tx, slug)).id))
  },
  async nameTeam({ write, params: { slug }, body }) {
    return write(async (tx) => nameTeam(tx, { dossier: (await theDossier(tx, slug)).id, ...body }))
  },
  async audit({ read, query: { before, limit, from, to, ...filter } }) {
    const days = {
      ...(from === undefined ? {} : { from: `${from}T00:00:00Z` }),
      ...(to === undefined ? {} : { to: `${to}T23:59:59.999999Z` }),
    }
    const page = await read((tx) => readAudit(tx, { ...filter, ...days }, { before: before ?? null, limit }))
    return { ...page, lines: page.lines.map((line) => ({ ...line, opened: [...line.opened] })) }
  },
}
