export const batchSize = 2048

export interface Batch {
  readonly rows: Int32Array
  readonly buckets: Int32Array
  size: number
}

/** Runs share these arrays, which is safe because counting never pauses. */
export interface Scratch {
  readonly batch: Batch
  readonly selection: Uint8Array
  /** 1 if the entry belongs to the row's first viewer in scope. */
  readonly firsts: Uint8Array
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

export const makeScratch = (): Scratch => ({
  batch: { rows: new Int32Array(batchSize), buckets: new Int32Array(batchSize), size: 0 },
  selection: new Uint8Array(batchSize),
  firsts: new Uint8Array(batchSize),
  numerators: new Float64Array(batchSize),
  denominators: new Float64Array(batchSize)
})

export const compact = ({ batch, firsts, selection }: Scratch) => {
  const { buckets, rows } = batch
  let size = 0
  for (let index = 0; index < batch.size; index++) {
    if (selection[index] !== 1) continue
    rows[size] = rows[index] ?? 0
    buckets[size] = buckets[index] ?? 0
    firsts[size] = firsts[index] ?? 0
    size += 1
  }
  batch.size = size
}

export const makeBatches = (batch: Batch, aggregate: () => void) => {
  batch.size = 0
  const flush = () => {
    if (batch.size > 0) aggregate()
    batch.size = 0
  }
  const addOne = (row: number, bucket: number) => {
    batch.rows[batch.size] = row
    batch.buckets[batch.size] = bucket
    batch.size += 1
    if (batch.size === batchSize) flush()
  }
  const add = (rows: Int32Array, bucket: number) => {
    let start = 0
    while (start < rows.length) {
      const slice = rows.subarray(start, start + batchSize - batch.size)
      batch.rows.set(slice, batch.size)
      batch.buckets.fill(bucket, batch.size, batch.size + slice.length)
      batch.size += slice.length
      start += slice.length
      if (batch.size === batchSize) flush()
    }
  }
  return { add, addOne, flush }
}
