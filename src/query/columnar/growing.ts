const firstCapacity = 64

const large = 2 ** 16

export interface Growing<A> {
  readonly size: number
  readonly values: A
  push(value: number): void
  fill(value: number, count: number): void
}

const growing = <A extends Int32Array | Float64Array>(make: (capacity: number) => A): Growing<A> => {
  let size = 0
  let values = make(firstCapacity)
  const grow = (needed: number) => {
    const former = values
    values = make(Math.max(needed, Math.ceil(size * (size < large ? 2 : 1.25))))
    values.set(former)
  }
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
      values.fill(value, size, size + count)
      size += count
    }
  }
}

export const growingCodes = () => growing((capacity) => new Int32Array(capacity))
export const growingNumbers = () => growing((capacity) => new Float64Array(capacity))
