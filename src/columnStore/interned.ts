import { growingCodes } from "./growing.ts"

const firstCapacity = 128

const none = new Int32Array(0)

const movedAtOnce = 8

const gone = -1

interface Interned {
  readonly size: number
  /** List `l` has the members from `starts[l]` to before `starts[l + 1]`. */
  readonly starts: Int32Array
  readonly members: Int32Array
  codeOf(list: ArrayLike<number>, length: number): number
  /** The next new list of the same length gets the released code. */
  release(code: number): void
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
  const free = new Map<number, Array<number>>()

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
    const known = free.get(length)?.pop()
    const code = known ?? starts.size - 1
    if (known === undefined) {
      for (let index = 0; index < length; index++) members.push(list[index] ?? 0)
      starts.push(members.size)
    } else {
      for (let index = 0; index < length; index++) members.values[startOf(code) + index] = list[index] ?? 0
    }
    put(code)
    return code
  }

  const findIn = (table: Int32Array, hash: number, list: ArrayLike<number>, length: number) => {
    const last = table.length - 1
    for (let slot = hash & last; table[slot] !== 0; slot = (slot + 1) & last) {
      const code = (table[slot] ?? 0) - 1
      if (code >= 0 && isEqual(code, list, length)) return code
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

  /** The codes behind the gap are moved, because a search stops at a free slot. */
  const close = (gap: number) => {
    slots[gap] = 0
    for (let slot = slotAfter(gap); slots[slot] !== 0; slot = slotAfter(slot)) {
      const code = slots[slot] ?? 0
      slots[slot] = 0
      put(code - 1)
    }
  }

  const slotIn = (table: Int32Array, code: number) => {
    const last = table.length - 1
    let slot = hashOf(members.values, startOf(code), startOf(code + 1)) & last
    while (table[slot] !== 0 && table[slot] !== code + 1) slot = (slot + 1) & last
    return table[slot] === 0 ? undefined : slot
  }

  const release = (code: number) => {
    const old = former === none ? undefined : slotIn(former, code)
    const slot = slotIn(slots, code)
    if (old === undefined && slot === undefined) return
    if (old !== undefined) former[old] = gone
    if (slot !== undefined) close(slot)
    used -= 1
    const length = startOf(code + 1) - startOf(code)
    const others = free.get(length)
    if (others === undefined) free.set(length, [code])
    else others.push(code)
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
    codeOf,
    release
  }
}
