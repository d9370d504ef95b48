import { type Growing, growingCodes } from "./growing.ts"
import { makeInterned } from "./interned.ts"

export interface Dictionary {
  readonly texts: ReadonlyArray<string | null>
  readonly size: number
  codeOf(text: string): number
  codesOf(texts: ReadonlyArray<string>): ReadonlyArray<number>
}

export const makeDictionary = (): Dictionary => {
  const texts: Array<string | null> = [null]
  const codes = new Map<string, number>()
  const codeOf = (text: string) => {
    const code = codes.get(text)
    if (code !== undefined) return code
    codes.set(text, texts.length)
    return texts.push(text) - 1
  }
  const codesOf = (some: ReadonlyArray<string>) =>
    some.map((text) => codes.get(text)).filter((code) => code !== undefined)
  return {
    texts,
    get size() {
      return codes.size
    },
    codeOf,
    codesOf
  }
}

/** The delete of a label may be appended before its insert. */
export interface Labels {
  append(weight: number, id: string, name: string): void
  labelOf(id: string): string | undefined
  readonly size: number
}

export const makeLabels = (): Labels => {
  const weights = new Map<string, Map<string, number>>()
  const append = (weight: number, id: string, name: string) => {
    const names = weights.get(id) ?? new Map<string, number>()
    const sum = (names.get(name) ?? 0) + weight
    if (sum === 0) names.delete(name)
    else names.set(name, sum)
    if (names.size === 0) weights.delete(id)
    else weights.set(id, names)
  }
  const labelOf = (id: string) => [...weights.get(id) ?? []].find(([, weight]) => weight > 0)?.[0]
  return {
    append,
    labelOf,
    get size() {
      return weights.size
    }
  }
}

/** Lists are added and never removed. List 0 is empty. */
export interface Lists {
  readonly size: number
  readonly cost: number
  codeOf(list: ReadonlyArray<number>): number
  readonly starts: Int32Array
  readonly members: Int32Array
  at(list: number): Int32Array
  containing(member: number): Int32Array
}

const none = new Int32Array(0)

export const makeIndex = () => {
  const lists: Array<Growing<Int32Array> | undefined> = []
  return {
    add: (member: number, list: number) => (lists[member] ??= growingCodes()).push(list),
    of: (member: number) => lists[member]?.values.subarray(0, lists[member].size) ?? none
  }
}

export const makeLists = (added: (list: ReadonlyArray<number>, code: number) => void = () => {}): Lists => {
  const interned = makeInterned()
  const containing = makeIndex()
  interned.codeOf([], 0)
  const codeOf = (list: ReadonlyArray<number>) => {
    const { size } = interned
    const code = interned.codeOf(list, list.length)
    if (code === size) {
      for (const member of list) containing.add(member, code)
      added(list, code)
    }
    return code
  }
  return {
    get size() {
      return interned.size
    },
    get cost() {
      return interned.size - 1 + (interned.starts[interned.size] ?? 0)
    },
    codeOf,
    get starts() {
      return interned.starts
    },
    get members() {
      return interned.members
    },
    at: (list) => interned.members.subarray(interned.starts[list], interned.starts[list + 1]),
    containing: containing.of
  }
}
