import { useEffect, useState } from 'react'
import { statementOperations } from '../../statements/contract.ts'
import type { MatterPageView } from '../../statements/page-shapes.ts'
import { call } from '../api.ts'

type Account = MatterPageView['accounts'][number]

/** A matter's page with what was fetched of its accounts since; begun anew whenever the page itself is. */
export function usePages(page: MatterPageView): {
  whole: MatterPageView
  fetchMore: (account: Account) => Promise<void>
} {
  const [whole, setWhole] = useState(page)
  useEffect(() => setWhole(page), [page])
  const fetchMore = async ({ aspect, next }: Account) => {
    if (next === null) return
    const more = await call(statementOperations.matterPage, {
      params: { id: page.matter.id },
      query: { aspect, offset: next },
    })
    setWhole((before) => joined(before, more))
  }
  return { whole, fetchMore }
}

/** What a later page brings stands behind what is shown; what came already, for a conflict's sake, stays in its place. */
function joined(page: MatterPageView, more: MatterPageView): MatterPageView {
  return {
    ...page,
    statements: { ...page.statements, ...more.statements },
    accounts: page.accounts.map((account) => {
      const rest = more.accounts.find(({ aspect }) => aspect === account.aspect)
      if (!rest) return account
      const have = new Set(account.entries.map(({ statement, n }) => `${statement}#${n}`))
      const entries = rest.entries.filter(({ statement, n }) => !have.has(`${statement}#${n}`))
      return {
        ...account,
        entries: [...account.entries, ...entries],
        next: rest.next,
        values: joinedValues(account.values, rest.values),
      }
    }),
  }
}

function joinedValues(before: Account['values'], after: Account['values']): Account['values'] {
  const values = new Map(before.map((value) => [value.text, value]))
  for (const { stands, ...value } of after) {
    const known = values.get(value.text)?.stands ?? []
    const have = new Set(known.map(({ statement }) => statement))
    values.set(value.text, {
      ...value,
      stands: [...known, ...stands.filter(({ statement }) => !have.has(statement))],
    })
  }
  return [...values.values()]
}
