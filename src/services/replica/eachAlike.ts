import { Schema } from "effect"
import type { Alike } from "../../columnStore/Rows.ts"
import type { AlikeQuery } from "./alikeQueries.ts"
import { parseImages } from "./rowImages.ts"

const Bytes = Schema.declare((value): value is Uint8Array => value instanceof Uint8Array)

const decodeMessage = Schema.decodeUnknownSync(Schema.TupleWithRest(Schema.Tuple([Schema.String, Bytes]), [Bytes]))

const viewOf = ({ buffer, byteLength, byteOffset }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)

const wholeAt = (view: DataView, byte: number) => view.getInt32(byte) * 2 ** 32 + view.getUint32(byte + 4)

const epoch = Date.UTC(2000, 0)

/** Instants have whole milliseconds. All intermediate results are whole numbers, because floats hold these exactly. */
const millisAt = (view: DataView, byte: number) => {
  const high = view.getInt32(byte)
  return high * 4_294_967 + (high * 296 + view.getUint32(byte + 4)) / 1000 + epoch
}

const bytesOfNumber = 8
/** Sizes are sent as integers of four bytes. */
const bytesOfSize = 4

const numbersIn = (bytes: Uint8Array, isInstant: boolean) => {
  const view = viewOf(bytes)
  const at = isInstant ? millisAt : wholeAt
  const values = new Float64Array(bytes.length / bytesOfNumber)
  for (let index = 0; index < values.length; index++) values[index] = at(view, index * bytesOfNumber)
  return values
}

export const eachAlike = (message: unknown, { numbers }: AlikeQuery, use: (rows: Alike) => void) => {
  const [images, sizes, ...columns] = decodeMessage(message)
  const all = numbers.map(({ field, isInstant }, index) => ({
    field,
    values: numbersIn(columns[index] ?? new Uint8Array(0), isInstant),
    start: 0
  }))
  const inField = new Map(all.map((column) => [column.field, column]))
  const sizesView = viewOf(sizes)
  for (const [index, image] of parseImages(images).entries()) {
    const size = sizesView.getInt32(index * bytesOfSize)
    use({ image, size, numbersOf: (field) => image[field] === null ? undefined : inField.get(field) })
    for (const column of all) if (image[column.field] !== null) column.start += size
  }
}
