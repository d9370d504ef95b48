import { type Growing, growingCodes } from "./growing.ts"
import { makeInterned } from "./interned.ts"

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
