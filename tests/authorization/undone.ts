import type { Pool, PoolClient } from 'pg'
import type { Database } from '../../src/storage/database.ts'

/**
 * The same database, in which everything is done and nothing stays: each commit is a rollback, so that thousands of
 * questions in a row all meet the same record.
 */
export function undone({ runtime, owner, close }: Database): Database {
  return { runtime: pool(runtime), owner: pool(owner), close }
}

function pool(real: Pool): Pool {
  return new Proxy(real, {
    get(target, name) {
      if (name === 'connect') return async () => client(await target.connect())
      if (name === 'query')
        return async (...args: Parameters<PoolClient['query']>) => {
          const one = await target.connect()
          try {
            await one.query('begin')
            return await (one.query as (...given: unknown[]) => Promise<unknown>)(...args)
          } finally {
            await one.query('rollback').catch(() => undefined)
            one.release()
          }
        }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function client(real: PoolClient): PoolClient {
  return new Proxy(real, {
    get(target, name) {
      if (name === 'query')
        return (...args: unknown[]) => {
          const [sql, ...rest] = args
          const said = typeof sql === 'string' && /^\s*commit\s*;?\s*$/i.test(sql) ? 'rollback' : sql
          return (target.query as (...given: unknown[]) => unknown)(said, ...rest)
        }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
