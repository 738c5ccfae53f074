/** What a shut-in reader is told and says on its standard streams: frames of a kind, a length and so many bytes. */
export const FRAME = {
  /** JSON: how many UTF-16 units are parted into sentences, and of how many. */
  progress: 1,
  /** JSON: why the file cannot be read. */
  refusal: 2,
  /** The text of the reading, UTF-8. */
  text: 3,
  /** JSON: the reading's body, its media type and warnings, and what the original says of itself. */
  made: 4,
  /** Word boxes, packed. */
  layout: 5,
  /** JSON: the name of a file inside, and for a page of an archive where and when it was taken; its bytes are the next frame. */
  insideName: 6,
  insideBytes: 7,
  /** Nothing more comes of this file. */
  end: 8,
  /** It has loaded all it needs, and waits for a file. */
  ready: 9,
  /** To it. JSON: a file's name and language; its bytes are the next frame. */
  asked: 10,
  original: 11,
  /** JSON: pages that are pictures, from 0, instead of a reading. */
  pictures: 12,
  /** JSON: what was made out on the one page that was asked for. */
  recognised: 13,
} as const

/** Bytes before a payload: its kind and its length. */
export const HEAD = 5

export function frame(kind: number, bytes: Uint8Array | string): Buffer {
  const payload = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return Buffer.concat([headOf(kind, payload.length), payload])
}

/** What stands before a payload of so many bytes. */
export function headOf(kind: number, length: number): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt8(kind, 0)
  head.writeUInt32BE(length, 1)
  return head
}

/** Puts frames together again from whatever pieces a pipe gives. */
export class FrameReader {
  #pieces: Buffer[] = []
  #held = 0
  readonly #take: (kind: number, payload: Buffer) => void

  constructor(take: (kind: number, payload: Buffer) => void) {
    this.#take = take
  }

  /** Whether it stands between two frames. */
  get isBetween(): boolean {
    return this.#held === 0
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#held += piece.length
    for (;;) {
      if (this.#held < HEAD) return
      const length = HEAD + this.#front(HEAD).readUInt32BE(1)
      if (this.#held < length) return
      const whole = this.#front(length)
      this.#pieces[0] = (this.#pieces[0] ?? whole).subarray(length)
      this.#held -= length
      this.#take(whole.readUInt8(0), whole.subarray(HEAD, length))
    }
  }

  /** At least so many bytes in one piece, which stays in front. */
  #front(length: number): Buffer {
    if ((this.#pieces[0]?.length ?? 0) < length) this.#pieces = [Buffer.concat(this.#pieces)]
    return this.#pieces[0] ?? Buffer.alloc(0)
  }
}
