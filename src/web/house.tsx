import { createContext, useContext } from 'react'
import type { z } from 'zod'
import type { houseOperations } from '../publication/contract.ts'

export type House = z.output<(typeof houseOperations)['house']['answer']>

/** What every page knows: the record, and the dossier it is in. */
export interface Here {
  readonly house: House
  readonly slug: string
  readonly dossier: House['dossiers'][number]
}

/** Where a page stands that belongs to no dossier: people, one's own account, the ledger for those who see no content. */
export const NO_DOSSIER = { id: '', slug: '-', title: '', level: 'organisation' }

export const HereContext = createContext<Here | null>(null)

export function useHere(): Here {
  const here = useContext(HereContext)
  if (!here) throw new Error('This page stands outside every dossier.')
  return here
}
