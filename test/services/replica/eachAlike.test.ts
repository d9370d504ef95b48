import { assert, it } from "@effect/vitest"
import type { Numbers } from "../../../src/columnStore/growing.ts"
import { eachAlike } from "../../../src/services/replica/eachAlike.ts"

const bytesOf = (size: number, write: (view: DataView, byte: number, index: number) => void, count: number) => {
  const view = new DataView(new ArrayBuffer(size * count))
  for (let index = 0; index < count; index++) write(view, index * size, index)
  return new Uint8Array(view.buffer)
}

const wholes = (numbers: ReadonlyArray<bigint>) =>
  bytesOf(8, (view, byte, index) => view.setBigInt64(byte, numbers[index] ?? 0n), numbers.length)

const sizesOf = (sizes: ReadonlyArray<number>) =>
  bytesOf(4, (view, byte, index) => view.setInt32(byte, sizes[index] ?? 0), sizes.length)

const epoch = Date.UTC(2000, 0)

it("packed numbers are read exactly, and rows without a number have no bytes", () => {
  const instants = [0, -1, 1, 1_715_000_000_123, -62_135_596_800_000, 253_402_300_799_999, 8_640_000_000_000_000]
  const amounts = [0n, -1n, 4_294_967_296n, -4_294_967_297n, 9_007_199_254_740_991n, -9_007_199_254_740_991n, 7n]
  const message = [
    JSON.stringify([["ana", 0, null], ["bo", 0, 0], ["cy", null, 0]]),
    sizesOf([3, 4, 3]),
    wholes(instants.map((instant) => BigInt(instant - epoch) * 1000n)),
    wholes(amounts)
  ]
  const found: Array<ReadonlyArray<unknown>> = []
  const numbers = [{ field: 1, isInstant: true }, { field: 2, isInstant: false }]
  eachAlike(message, { text: "", numbers }, ({ image, numbersOf, size }) => {
    const [times, amounts] = [numbersOf(1), numbersOf(2)]
    for (let row = 0; row < size; row++) {
      const numberOf = (numbers: Numbers | undefined) => numbers?.values[numbers.start + row]
      found.push([image[0], numberOf(times), numberOf(amounts)])
    }
  })
  const amount = (index: number) => Number(amounts[index])
  assert.deepStrictEqual(found, [
    ...[0, 1, 2].map((index) => ["ana", instants[index], undefined]),
    ...[3, 4, 5, 6].map((index) => ["bo", instants[index], amount(index - 3)]),
    ...[4, 5, 6].map((index) => ["cy", undefined, amount(index)])
  ])
})
