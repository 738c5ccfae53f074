import { backUpByPlan, backupsIn, readBackupPlan } from '../ledger/backup-plan.ts'
import type { backupOperations } from '../ledger/backups-contract.ts'
import { cleaningState, mayCleanUp, startCleaning } from '../ledger/clean-record.ts'
import type { dataProtectionOperations } from '../protection/data-protection-contract.ts'
import { decideErasure } from '../protection/decide-erasure.ts'
import { describeProcessing } from '../protection/describe-processing.ts'
import type { erasureOperations } from '../protection/erasure-contract.ts'
import { keepBreach } from '../protection/keep-breach.ts'
import { moveDataRequest, recordDataRequest } from '../protection/keep-data-request.ts'
import { isAtHome, mustBeAtHome } from '../protection/may.ts'
import { previewErasure } from '../protection/preview-erasure.ts'
import { proposeErasure } from '../protection/propose-erasure.ts'
import { dueTasks, readDataProtection } from '../protection/read-data-protection.ts'
import { readErasures } from '../protection/read-erasures.ts'
import { keepOn, setTerms } from '../protection/review-term.ts'
import { changeBackupPlan } from '../protection/set-backup-plan.ts'
import { ALL_KINDS } from '../publication/all-kinds.ts'
import { backupPlaces } from '../storage/backup-places.ts'
import { filesToLookAt } from '../storage/clean-up.ts'
import type { Tx } from '../storage/database.ts'
import type { Handlers, House } from './handlers.ts'

/**
 * What else lies in the folder of a server is for whoever keeps it: names of files can say anything. Others learn that a backup
 * could not be reached, and not where it is.
 */
function beside({ folder, home }: House, { actor }: Tx): { files: string[] } {
  return { files: isAtHome(actor, home) ? filesToLookAt(folder) : [] }
}

export const erasureHandlers: Handlers<typeof erasureOperations> = {
  async previewErasure({ house, read, query }) {
    return read(async (tx) => {
      const preview = await previewErasure(tx, { ...query, kinds: ALL_KINDS })
      const { estimate } = await cleaningState(tx, house)
      return {
        ...preview,
        stays: [...preview.stays],
        unspoken: [...preview.unspoken],
        exports: [...preview.exports],
        uses: [...preview.uses],
        ...beside(house, tx),
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
          last: last && {
            ...last,
            limits: [...last.limits],
            unreached: last.unreached.map((place) => (isAtHome(tx.actor, house.home) ? place : '…')),
          },
        },
        ...beside(house, tx),
        backups: isAtHome(tx.actor, house.home) ? backupPlaces(house.folder) : [],
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

export const dataProtectionHandlers: Handlers<typeof dataProtectionOperations> = {
  async dataProtection({ read }) {
    const { requests, breaches, processing, reviews, ...rest } = await read(readDataProtection)
    return {
      ...rest,
      requests: [...requests],
      breaches: breaches.map((one) => ({ ...one, open: [...one.open] })),
      processing: [...processing],
      reviews: [...reviews],
    }
  },
  async dueTasks({ read }) {
    return { tasks: await read(dueTasks) }
  },
  async recordDataRequest({ write, body }) {
    return write((tx) => recordDataRequest(tx, body))
  },
  async moveDataRequest({ write, params: { id }, body }) {
    return write((tx) => moveDataRequest(tx, id, body))
  },
  async keepBreach({ write, body }) {
    return write((tx) => keepBreach(tx, body))
  },
  async describeProcessing({ write, body }) {
    return write((tx) => describeProcessing(tx, body))
  },
  async setTerms({ write, body }) {
    return { terms: await write((tx) => setTerms(tx, body)) }
  },
  async keepOn({ write, body }) {
    return write((tx) => keepOn(tx, body))
  },
}

export const backupHandlers: Handlers<typeof backupOperations> = {
  async backups({ house, read }) {
    return read(async (tx) => {
      mustBeAtHome(tx.actor, house.home)
      const { plan, last } = await readBackupPlan(tx)
      return { plan, last, files: backupsIn(plan) }
    })
  },
  async setBackupPlan({ house, write, body }) {
    return { plan: await write((tx) => changeBackupPlan(tx, { plan: body, home: house.home })) }
  },
  async backUpNow({ house, read }) {
    // Who asks is looked at by the database too, before anything begins.
    await read(readBackupPlan)
    return { result: await backUpByPlan(house) }
  },
}
