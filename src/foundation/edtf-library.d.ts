/** The library ships no types. Only its grammar and its marks of doubt are used here; bounds are reckoned by ourselves. */
declare module 'edtf' {
  interface Mask {
    readonly value: number
  }
  interface Parsed {
    readonly uncertain?: Mask
    readonly approximate?: Mask
  }
  // biome-ignore lint/style/noDefaultExport: it is what the library has
  export default function edtf(text: string): Parsed
  class OneDate {}

  export { OneDate as Date }
  export class Season {}
  export class Year {}
}
