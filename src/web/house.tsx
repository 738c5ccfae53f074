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

export const HereContext = createContext<Here | null>(null)

export function useHere(): Here {
  const here = useContext(HereContext)
  if (!here) throw new Error('This page stands outside every dossier.')
  return here
}
