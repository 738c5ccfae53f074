/** What became of one item of the file. */
export interface CodedItem {
  readonly item: string
  readonly outcome: 'added' | 'changed' | 'unchanged' | 'refused'
  readonly code?: string
  readonly sentence?: string
  readonly warnings: readonly { code: string; sentence: string }[]
}
