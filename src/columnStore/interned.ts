import { growingCodes } from "./growing.ts"

const firstCapacity = 128

const none = new Int32Array(0)

const movedAtOnce = 8

interface Interned {
  readonly size: number
  /** List `l` has the members from `starts[l]` to before `starts[l + 1]`. */
  readonly starts: Int32Array
  readonly members: Int32Array
  codeOf(list: ArrayLike<number>, length: number): number
}

const hashOf = (list: ArrayLike<number>, start: number, end: number): number => {
  let hash = end - start
  for (let index = start; index < end; index++) {
    hash = Math.imul(hash ^ (list[index] ?? 0), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}

/** Typed arrays take less memory than a map, and no time of the garbage collector. */
export const makeInterned = (): Interned => {
  const [starts, members] = [growingCodes(), growingCodes()]
  starts.push(0)
  /** A used slot contains a code plus 1, and a free slot contains 0. */
  let slots = new Int32Array(firstCapacity)
  /** After a growth, `former` has the old slots. Moving all of them at once would block the process. */
  let former = none
  let moved = 0
  let used = 0

  const startOf = (code: number) => starts.values[code] ?? 0
  const slotAfter = (slot: number) => (slot + 1) & (slots.length - 1)
  const firstSlotOf = (code: number) => hashOf(members.values, startOf(code), startOf(code + 1)) & (slots.length - 1)

  const isEqual = (code: number, list: ArrayLike<number>, length: number) => {
    const start = startOf(code)
    if (startOf(code + 1) - start !== length) return false
    const { values } = members
    for (let index = 0; index < length; index++) if (values[start + index] !== list[index]) return false
    return true
  }

  const put = (code: number) => {
    let slot = firstSlotOf(code)
    while (slots[slot] !== 0) slot = slotAfter(slot)
    slots[slot] = code + 1
  }

  const move = (count: number) => {
    for (const end = Math.min(moved + count, former.length); moved < end; moved++) {
      const code = former[moved] ?? 0
      if (code > 0) put(code - 1)
    }
    if (moved === former.length) former = none
  }

  const grow = () => {
    move(former.length)
    former = slots
    slots = new Int32Array(former.length * 2)
    moved = 0
  }

  const add = (list: ArrayLike<number>, length: number) => {
    if (++used > slots.length / 2) grow()
    move(movedAtOnce)
    const code = starts.size - 1
    for (let index = 0; index < length; index++) members.push(list[index] ?? 0)
    starts.push(members.size)
    put(code)
    return code
  }

  const findIn = (table: Int32Array, hash: number, list: ArrayLike<number>, length: number) => {
    const last = table.length - 1
    for (let slot = hash & last; table[slot] !== 0; slot = (slot + 1) & last) {
      const code = (table[slot] ?? 0) - 1
      if (isEqual(code, list, length)) return code
    }
    return -1
  }

  const codeOf = (list: ArrayLike<number>, length: number) => {
    const hash = hashOf(list, 0, length)
    const found = findIn(slots, hash, list, length)
    if (found >= 0) return found
    const known = former === none ? -1 : findIn(former, hash, list, length)
    return known < 0 ? add(list, length) : known
  }

  return {
    get size() {
      return starts.size - 1
    },
    get starts() {
      return starts.values
    },
    get members() {
      return members.values
    },
    codeOf
  }
}
