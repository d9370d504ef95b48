import { type Growing, growingCodes } from "./growing.ts"

/** Lists are only added, and list 0 is empty. */
export interface Lists {
  readonly size: number
  /** The number of lists and their members. */
  readonly cost: number
  codeOf(list: ReadonlyArray<number>): number
  /** List `l` has the members from `starts[l]` to before `starts[l + 1]`. */
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
  const codes = new Map<string, number>()
  /** The codes of lists with one member. */
  const alone: Array<number | undefined> = []
  let size = 1
  const [starts, members] = [growingCodes(), growingCodes()]
  const containing = makeIndex()
  starts.push(0)
  starts.push(0)
  const add = (list: ReadonlyArray<number>) => {
    const code = size++
    for (const member of list) {
      members.push(member)
      containing.add(member, code)
    }
    starts.push(members.size)
    added(list, code)
    return code
  }
  const codeOf = (list: ReadonlyArray<number>) => {
    const [first] = list
    if (first === undefined) return 0
    if (list.length === 1) return alone[first] ??= add(list)
    const key = list.join()
    const known = codes.get(key)
    if (known !== undefined) return known
    const code = add(list)
    codes.set(key, code)
    return code
  }
  return {
    get size() {
      return size
    },
    get cost() {
      return size - 1 + members.size
    },
    codeOf,
    get starts() {
      return starts.values
    },
    get members() {
      return members.values
    },
    at: (list) => members.values.subarray(starts.values[list], starts.values[list + 1]),
    containing: containing.of
  }
}
