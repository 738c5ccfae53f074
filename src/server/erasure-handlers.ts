import { cleaningState, mayCleanUp, startCleaning } from '../ledger/clean-record.ts'
import { decideErasure } from '../protection/decide-erasure.ts'
import type { erasureOperations } from '../protection/erasure-contract.ts'
import { previewErasure } from '../protection/preview-erasure.ts'
import { proposeErasure } from '../protection/propose-erasure.ts'
import { readErasures } from '../protection/read-erasures.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import { backupPlaces } from '../storage/backup-places.ts'
import { filesToLookAt } from '../storage/clean-up.ts'
import type { Handlers } from './handlers.ts'

export const erasureHandlers: Handlers<typeof erasureOperations> = {
  async previewErasure({ house, read, query }) {
    return read(async (tx) => {
      const preview = await previewErasure(tx, { ...query, kinds: ALL_KINDS })
      const { estimate } = await cleaningState(tx, house)
      return {
        ...preview,
        stays: [...preview.stays],
        unspoken: [...preview.unspoken],
        files: filesToLookAt(house.folder),
        estimate,
      }
    })
  },
  async erasures({ house, read }) {
    return read(async (tx) => {
      const { last, ...cleaning } = await cleaningState(tx, house)
      return {
        erasures: await readErasures(tx),
        cleaning: {
          ...cleaning,
          last: last && { ...last, limits: [...last.limits], unreached: [...last.unreached] },
        },
        files: filesToLookAt(house.folder),
        backups: backupPlaces(house.folder),
      }
    })
  },
  async proposeErasure({ write, body }) {
    return write((tx) => proposeErasure(tx, { ...body, kinds: ALL_KINDS }))
  },
  async decideErasure({ house, write, params: { id }, body: decision }) {
    const { receipt, erased } = await write((tx) => decideErasure(tx, { id, decision, kinds: ALL_KINDS }))
    if (!erased) return { receipt, erased }
    // What the page promises beyond the transaction; it goes on when nobody looks any more.
    startCleaning(house)
    const { entries, revisions, originals, drafts } = erased
    return { receipt, erased: { entries: [...entries], revisions, originals: originals.length, drafts } }
  },
  async cleanUp({ house, read }) {
    // Who asks is looked at by the database too, before anything begins.
    await read((tx) => mayCleanUp(tx))
    startCleaning(house)
    return { started: true }
  },
}
