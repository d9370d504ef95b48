import { makeInterned } from "../interned.ts"

/** Each distinct text gets a code. A released code may be given to another text. */
export interface Keys {
  codeOf(name: string): number
  release(code: number): void
}

const firstCapacity = 32

/** A text becomes a list of numbers: its length, and one number per two code units. */
export const makeKeys = (): Keys => {
  const interned = makeInterned()
  let list = new Int32Array(firstCapacity)
  /** Many rows have the same key as the row before them. */
  let last = { name: "", code: -1 }
  return {
    codeOf: (name) => {
      if (last.code >= 0 && name === last.name) return last.code
      const { length } = name
      const pairs = (length + 1) >>> 1
      if (list.length <= pairs) list = new Int32Array(2 * pairs)
      list[0] = length
      for (let pair = 0; pair < pairs; pair++) {
        const second = 2 * pair + 1
        list[pair + 1] = name.charCodeAt(second - 1) | (second < length ? name.charCodeAt(second) << 16 : 0)
      }
      last = { name, code: interned.codeOf(list, pairs + 1) }
      return last.code
    },
    release: (code) => {
      if (code === last.code) last = { name: "", code: -1 }
      interned.release(code)
    }
  }
}
