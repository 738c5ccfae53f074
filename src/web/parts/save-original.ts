import { fetchOriginal } from '../api.ts'

/** Save an original under its own name; `leaving` says for what and to whom, where it goes further than the case team. */
export async function saveOriginal(
  source: string,
  fileName: string,
  leaving: Readonly<Record<string, string>> = {},
): Promise<void> {
  const address = URL.createObjectURL(await fetchOriginal(source, leaving))
  const way = document.createElement('a')
  way.href = address
  way.download = fileName
  way.click()
  URL.revokeObjectURL(address)
}
