import { Refusal } from '../foundation/refusal.ts'
import { programVersion } from '../foundation/version.ts'
import type { ledgerOperations } from '../ledger/contract.ts'
import { verifierLine } from '../ledger/note.ts'
import { withReceipts } from '../ledger/receipt.ts'
import { verifyNow } from '../ledger/verify-now.ts'
import { shownTo } from '../ledger/verify-shown.ts'
import { withGuards } from '../protection/guards-shown.ts'
import { readChanges, readHouse, readLedger } from '../protection/ledger-with-names.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import type { houseOperations } from '../publication/contract.ts'
import { tourOf } from '../publication/tour.ts'
import type { searchOperations } from '../search/contract.ts'
import { searchPage } from '../search/search-page.ts'
import { allDossiers } from '../sources/dossier.ts'
import { showRecord } from '../statements/show-record.ts'
import type { Handlers } from './handlers.ts'

export const ledgerHandlers: Handlers<typeof ledgerOperations> = {
  async ledger({ house, read, query: { before, limit } }) {
    const ledger = await read((tx) => readLedger(tx, { before: before ?? null, limit }))
    return { ...ledger, key: verifierLine(house.key) }
  },
  async verify({ house, read, body: { since } }) {
    const began = performance.now()
    const whole = await verifyNow(house, { kinds: ALL_KINDS, since })
    const { erased, grounds, ...result } = await read((tx) => shownTo(tx, whole, house))
    return { ...result, milliseconds: Math.round(performance.now() - began) }
  },
  async changes({ read, query: { after, limit } }) {
    return read(async (tx) => withGuards(tx, await readChanges(tx, { after, limit })))
  },
  async record({ house, read, params: { id } }) {
    return read(async (tx) => {
      const shown = await showRecord(tx, id)
      if (!shown) throw new Refusal('not_there', `There is nothing called "${id}" in this record.`)
      const history = await withReceipts(tx, house.key, shown.history)
      return { ...(await withGuards(tx, shown)), words: [...shown.words], history }
    })
  },
}

export const searchHandlers: Handlers<typeof searchOperations> = {
  async search({ read, query: { q, dossier: slug, ...filters } }) {
    return read(async (tx) => withGuards(tx, await searchPage(tx, { typed: q, slug, ...filters })))
  },
}

export const houseHandlers: Handlers<typeof houseOperations> = {
  async house({ house, read }) {
    return read(async (tx) => {
      const about = await readHouse(tx)
      const dossiers = about.cleared ? await allDossiers(tx) : []
      return {
        version: programVersion(),
        sample: house.sample,
        ...about,
        roles: [...about.roles],
        // Where a record lies on a server is nothing for those who use it from elsewhere.
        folder: about.alone ? house.folder.root : null,
        dossiers: dossiers.map(({ id, level, dossier: { slug, title } }) => ({ id, slug, title, level })),
        tour: house.sample && about.cleared ? await tourOf(tx) : [],
      }
    })
  },
}
