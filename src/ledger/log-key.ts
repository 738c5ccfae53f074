import type { LedgerKey } from '../storage/workspace.ts'

/**
 * The key under the name of one organisation's log. Two logs of one name would be a fork to whoever watches them, so each
 * further organisation on a server has its own, made of its random id.
 */
export function logKey(key: LedgerKey, organisation: string): LedgerKey {
  const [first = '', second = ''] = key.name.split('/')
  const own = key.home === undefined || key.home === organisation
  return { ...key, name: own ? `${first}/${second}` : `${first}/${second}/${organisation.slice(4, 14)}` }
}
