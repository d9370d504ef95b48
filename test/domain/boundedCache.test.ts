import { assert, describe, it } from "@effect/vitest"
import { boundedCache } from "../../src/domain/boundedCache.ts"

const cachedAfter = (keys: ReadonlyArray<string>) => {
  const cache = boundedCache<string, string>(2)
  for (const key of keys) assert.strictEqual(cache.set(key, key.toUpperCase()), key.toUpperCase())
  return ["a", "b", "c"].map((key) => cache.get(key))
}

describe("a bounded cache", () => {
  it("a bounded cache returns the value that was set", () => {
    assert.deepStrictEqual(cachedAfter(["a", "b"]), ["A", "B", undefined])
  })
  it("a bounded cache forgets the key that was used least recently when a new key exceeds its capacity", () => {
    assert.deepStrictEqual(cachedAfter(["a", "b", "c"]), [undefined, "B", "C"])
    assert.deepStrictEqual(cachedAfter(["a", "b", "a", "c"]), ["A", undefined, "C"])
    const cache = boundedCache<string, string>(2)
    cache.set("a", "A")
    cache.set("b", "B")
    cache.get("a")
    cache.set("c", "C")
    assert.deepStrictEqual(["a", "b", "c"].map((key) => cache.get(key)), ["A", undefined, "C"])
  })
  it("a bounded cache forgets nothing when a key is set again", () => {
    assert.deepStrictEqual(cachedAfter(["a", "b", "a"]), ["A", "B", undefined])
  })
})
