const firstCapacity = 64

const large = 2 ** 16

export interface Growing<A> {
  readonly size: number
  readonly values: A
  push(value: number): void
  fill(value: number, count: number): void
  /** Makes room for this many values. */
  reserve(capacity: number): void
}

/** Below this count, a loop takes less time than calling a function of the array. */
const few = 16

const growing = <A extends Int32Array | Float64Array>(make: (capacity: number) => A): Growing<A> => {
  let size = 0
  let values = make(firstCapacity)
  const resize = (capacity: number) => {
    const former = values
    values = make(capacity)
    values.set(former)
  }
  const grow = (needed: number) => resize(Math.max(needed, Math.ceil(size * (size < large ? 2 : 1.25))))
  return {
    get size() {
      return size
    },
    get values() {
      return values
    },
    push: (value) => {
      if (size === values.length) grow(size + 1)
      values[size++] = value
    },
    fill: (value, count) => {
      if (size + count > values.length) grow(size + count)
      if (count > few) values.fill(value, size, size + count)
      else for (let index = 0; index < count; index++) values[size + index] = value
      size += count
    },
    reserve: (capacity) => {
      if (capacity > values.length) resize(capacity)
    }
  }
}

export const growingCodes = () => growing((capacity) => new Int32Array(capacity))
export const growingNumbers = () => growing((capacity) => new Float64Array(capacity))
