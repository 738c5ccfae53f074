import { readSignIns } from '../protection/sign-in-log.ts'
import type { signInLogOperations } from '../protection/sign-in-log-contract.ts'
import type { Handlers } from './handlers.ts'

export const signInLogHandlers: Handlers<typeof signInLogOperations> = {
  async signIns({ read, query: { before, limit } }) {
    const lines = await read((tx) => readSignIns(tx, { before: before === 0 ? null : before, limit }))
    return { lines: lines.map(({ at, ...line }) => ({ ...line, at: at.toISOString() })) }
  },
}
