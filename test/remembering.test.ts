import { assert, describe, it } from "@effect/vitest"
import { boundedCache } from "../src/domain/boundedCache.ts"

const kept = (keys: ReadonlyArray<string>) => {
  const remembered = boundedCache<string, string>(2)
  for (const key of keys) assert.strictEqual(remembered.set(key, key.toUpperCase()), key.toUpperCase())
  return ["a", "b", "c"].map((key) => remembered.get(key))
}

describe("what is remembered", () => {
  it("is found again", () => {
    assert.deepStrictEqual(kept(["a", "b"]), ["A", "B", undefined])
  })
  it("is all forgotten at once when there is more than may be", () => {
    assert.deepStrictEqual(kept(["a", "b", "c"]), [undefined, undefined, "C"])
  })
  it("is not forgotten when something known is found anew", () => {
    assert.deepStrictEqual(kept(["a", "b", "a"]), ["A", "B", undefined])
  })
})
