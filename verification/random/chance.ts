/** Numbers that follow from a seed alone, so that whatever is drawn can be drawn again. */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** 0 up to 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 up to, and without, `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  /** A seed for something of its own. */
  seed(): number {
    return this.below(2 ** 32)
  }

  is(odds: number): boolean {
    return this.next() < odds
  }

  /** One of a list that is not empty. */
  of<T>(list: readonly T[]): T {
    const found = this.maybe(list)
    if (found === null) throw new Error('nothing to choose from')
    return found
  }

  /** One of a list, or `null` where it is empty. */
  maybe<T>(list: readonly T[]): T | null {
    return list[this.below(list.length)] ?? null
  }

  /** One of some names, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[]
    let left = this.next() * names.reduce((sum, name) => sum + weights[name], 0)
    for (const name of names) {
      left -= weights[name]
      if (left < 0) return name
    }
    return this.of(names)
  }
}
