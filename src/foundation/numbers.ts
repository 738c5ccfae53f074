/** A list of whole numbers from 0 to 2³²−1 that grows cheaply: four bytes a number, for maps over texts of many megabytes. */
export class Numbers {
  #items = new Uint32Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Uint32Array(this.#length * 2)
      larger.set(this.#items)
      this.#items = larger
    }
    this.#items[this.#length++] = value
  }

  at(index: number): number {
    return this.#items[index] ?? 0
  }

  /** The last index whose number is at most `value`, in an ascending list; -1 where there is none. */
  lastAtMost(value: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.at(middle) <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
