import type { protectionOperations } from '../protection/contract.ts'
import { endAccess, giveAccess } from '../protection/give-access.ts'
import { openCase } from '../protection/open-case.ts'
import { myCases, readCase } from '../protection/read-cases.ts'
import type { Handlers } from './handlers.ts'

export const protectionHandlers: Handlers<typeof protectionOperations> = {
  async cases({ read }) {
    return { cases: await read(myCases) }
  },
  async openCase({ write, body }) {
    return write((tx) => openCase(tx, body))
  },
  async readCase({ read, params: { id } }) {
    return read(async (tx) => {
      const page = await readCase(tx, id)
      return { ...page, access: [...page.access] }
    })
  },
  async giveAccess({ write, params: { compartment }, body }) {
    return write((tx) => giveAccess(tx, { compartment, ...body }))
  },
  async endAccess({ write, params: { compartment }, body }) {
    return write((tx) => endAccess(tx, { compartment, ...body }))
  },
}
