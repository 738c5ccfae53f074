import { settle } from '../ledger/settle.ts'
import { openDossier } from '../sources/dossier.ts'
import { type Incoming, takeIn } from '../sources/take-in.ts'
import { applyCoding } from '../statements/apply-coding.ts'
import { readCodingFile } from '../statements/coding-format.ts'
import { asActor } from '../storage/database.ts'
import type { Workspace } from '../storage/workspace.ts'
import { type Copied, copyRows, rowCounts } from './copied-rows.ts'
import { duration, type Figure, figure, median, notRun, timed } from './figure.ts'
import { codePapers, takeInPapers } from './made-up-matter.ts'
import { codedArticles, speeches } from './material.ts'
import { withScratchRecord } from './scratch-record.ts'

const ROUNDS = 3
/** Files in one call, as `rapporteur import` has it. */
const BATCH = 100
/** Statements of a large coding file. */
const MANY = 6000
/** Of the rate at which the same rows are copied. */
const GOAL = 0.25
const GOAL_WORDS = 'at least a quarter of the rate of COPYing the same rows'

/** Real files taken in, and a real coding file applied, against COPYing every row that this leaves in every table. */
export async function benchImport(report: (figure: Figure) => void): Promise<void> {
  const { files, what } = speeches()
  const runs: Run[] = []
  let again: string | null = null
  for (let round = 0; round < ROUNDS; round += 1) {
    await withScratchRecord(async (workspace) => {
      runs.push(await beside(workspace, (house) => takeInAll(house, files)))
      if (round === 0) again = await changedBy(workspace, (house) => takeInAll(house, files))
    })
  }
  report(tell(`import of ${what}`, runs))
  report(figure('import a second time', again ?? 'nothing changed', 'nothing changes', again === null))
  const many: Run[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await withScratchRecord(async (workspace) => {
      const dossier = await takeInPapers(workspace, MANY)
      many.push(await beside(workspace, (house) => codePapers(house, dossier, MANY)))
    })
  }
  report(tell(`import of the coding of ${MANY} statements`, many))
  const articles = codedArticles()
  if (!articles) return report(notRun('import of a coding file', GOAL_WORDS, 'the coded articles are absent'))
  const coded: Run[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await withScratchRecord(async (workspace) => {
      await takeInAll(workspace, articles.files)
      coded.push(await beside(workspace, (house) => applyAll(house, articles.coding)))
    })
  }
  report(tell('import of the coding of two articles', coded))
}

interface Run extends Copied {
  readonly took: number
}

function tell(name: string, runs: readonly Run[]): Figure {
  const share = median(runs.map(({ took, ms }) => ms / took))
  const took = median(runs.map((run) => run.took))
  const copied = median(runs.map(({ ms }) => ms))
  const value = `${duration(took)} for ${runs[0]?.rows ?? 0} rows, ${share.toFixed(2)} of the rate of COPY (${duration(copied)})`
  return figure(name, value, GOAL_WORDS, share >= GOAL)
}

/** What `work` takes, and what COPY takes for the rows it left. */
async function beside(workspace: Workspace, work: (house: Workspace) => Promise<void>): Promise<Run> {
  const before = await rowCounts(workspace.database.owner)
  const took = await timed(() => work(workspace))
  return { took, ...(await copyRows(workspace.database.owner, before)) }
}

async function takeInAll(workspace: Workspace, files: readonly Incoming[]): Promise<void> {
  const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'bench'))
  for (let at = 0; at < files.length; at += BATCH) {
    const results = await takeIn(workspace, dossier, files.slice(at, at + BATCH))
    const refused = results.find(({ outcome }) => outcome === 'refused')
    if (refused) throw new Error(`${refused.fileName} was refused: ${refused.sentence}`)
  }
  await settle(workspace)
}

async function applyAll(workspace: Workspace, coding: string): Promise<void> {
  const file = readCodingFile(coding)
  const outcome = await asActor(workspace.database, workspace.actor, async (tx) =>
    applyCoding(tx, await openDossier(tx, 'bench'), file),
  )
  if (outcome.refused > 0) throw new Error(`${outcome.refused} items of the coding file were refused.`)
  await settle(workspace)
}

/** The tables whose rows are more or fewer after `work`; null where none. */
async function changedBy(
  workspace: Workspace,
  work: (house: Workspace) => Promise<void>,
): Promise<string | null> {
  const before = await rowCounts(workspace.database.owner)
  await work(workspace)
  const after = await rowCounts(workspace.database.owner)
  const changed = [...after].filter(([name, n]) => before.get(name) !== n).map(([name]) => name)
  return changed.length > 0 ? `rows changed in ${changed.join(', ')}` : null
}
