import { assert, describe, it } from "@effect/vitest"
import { boundedCache } from "../src/domain/boundedCache.ts"

const cachedAfter = (keys: ReadonlyArray<string>) => {
  const cache = boundedCache<string, string>(2)
  for (const key of keys) assert.strictEqual(cache.set(key, key.toUpperCase()), key.toUpperCase())
  return ["a", "b", "c"].map((key) => cache.get(key))
}

describe("a bounded cache", () => {
  it("a bounded cache returns the value that was set", () => {
    assert.deepStrictEqual(cachedAfter(["a", "b"]), ["A", "B", undefined])
  })
  it("a bounded cache is cleared when a new key exceeds its capacity", () => {
    assert.deepStrictEqual(cachedAfter(["a", "b", "c"]), [undefined, undefined, "C"])
  })
  it("a bounded cache is not cleared when a key is set again", () => {
    assert.deepStrictEqual(cachedAfter(["a", "b", "a"]), ["A", "B", undefined])
  })
})
