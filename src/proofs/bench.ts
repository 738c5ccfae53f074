import type { Figure } from './figure.ts'

type Bench = (report: (figure: Figure) => void) => Promise<void>

/** Loaded one by one, so that one of them needs nothing that only another needs. Names are part of the contract. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  start: async () => (await import('./bench-start.ts')).benchStart,
  import: async () => (await import('./bench-import.ts')).benchImport,
  matter: async () => (await import('./bench-matter.ts')).benchMatter,
  pages: async () => (await import('./bench-pages.ts')).benchPages,
  search: async () => (await import('./bench-search.ts')).benchSearch,
  verify: async () => (await import('./bench-verify.ts')).benchVerify,
  pdf: async () => {
    const { benchPdf } = await import('./bench-pdf.ts')
    const { benchPictures } = await import('./bench-pictures.ts')
    return async (report) => {
      await benchPdf(report)
      await benchPictures(report)
    }
  },
  ledger: async () => (await import('./bench-ledger.ts')).benchLedger,
}

/** Measure what is named, or everything; each figure is reported as soon as it is known. */
export async function bench(
  names: readonly string[],
  report: (figure: Figure) => void,
  begins: (what: { name: string; n: number; of: number }) => void = () => undefined,
): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const keep = (one: Figure) => {
    figures.push(one)
    report(one)
  }
  const wanted = names.length > 0 ? names : Object.keys(BENCHES)
  for (const [n, name] of wanted.entries()) {
    begins({ name, n: n + 1, of: wanted.length })
    const load = BENCHES[name]
    if (load) await (await load())(keep)
    else keep({ name, value: '-', goal: 'no bench of this name in this version', verdict: 'not run' })
  }
  return figures
}
