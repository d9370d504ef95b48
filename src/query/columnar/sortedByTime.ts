const runLength = 2 ** 14

const merged = (rows: Int32Array, into: Int32Array, times: Float64Array, start: number, length: number) => {
  const middle = Math.min(start + length, rows.length)
  const end = Math.min(middle + length, rows.length)
  let left = start
  let right = middle
  for (let index = start; index < end; index++) {
    const isLeft = left < middle &&
      (right >= end || (times[rows[left] ?? 0] ?? 0) <= (times[rows[right] ?? 0] ?? 0))
    into[index] = rows[isLeft ? left++ : right++] ?? 0
  }
}

export function* sortedByTime(among: Int32Array, times: Float64Array | undefined): Generator<void, Int32Array> {
  if (times === undefined) return among
  let rows = among.filter((row) => !Number.isNaN(times[row]))
  for (let start = 0; start < rows.length; start += runLength) {
    rows.subarray(start, start + runLength).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
    yield
  }
  let into = new Int32Array(rows.length)
  for (let length = runLength; length < rows.length; length *= 2) {
    for (let start = 0; start < rows.length; start += 2 * length) {
      merged(rows, into, times, start, length)
      yield
    }
    const former = rows
    rows = into
    into = former
  }
  return rows
}
