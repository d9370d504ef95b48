import { assert, describe, it } from "@effect/vitest"
import { boundedCache } from "../../src/domain/boundedCache.ts"

const letters = Array.from("abcdefghijklmnopqrstuvwxyz")

const cacheAfter = (capacity: number, keys: ReadonlyArray<string>) => {
  const cache = boundedCache<string, string>(capacity)
  for (const key of keys) assert.strictEqual(cache.set(key, key.toUpperCase()), key.toUpperCase())
  return cache
}

/** Each key is read from a new cache, because a read decides what is kept. */
const keptOf = (capacity: number, keys: ReadonlyArray<string>) =>
  letters.filter((letter) => cacheAfter(capacity, keys).get(letter) === letter.toUpperCase())

describe("a bounded cache", () => {
  it("a bounded cache returns the values that were set, and undefined for other keys", () => {
    assert.deepStrictEqual(keptOf(2, ["a", "b"]), ["a", "b"])
    assert.isUndefined(cacheAfter(2, ["a", "b"]).get("c"))
  })
  it("a bounded cache keeps the entries that were set last, and at most twice its capacity", () => {
    for (let count = 1; count <= letters.length; count++) {
      const keys = letters.slice(0, count)
      const kept = keptOf(3, keys)
      assert.includeMembers(kept, keys.slice(-3))
      assert.isAtMost(kept.length, 6)
    }
  })
  it("a bounded cache keeps an entry that is read, however many others are set", () => {
    const cache = cacheAfter(3, ["a"])
    for (const letter of letters.slice(1)) {
      assert.strictEqual(cache.get("a"), "A")
      cache.set(letter, letter.toUpperCase())
    }
    assert.strictEqual(cache.get("a"), "A")
  })
  it("a bounded cache forgets nothing when keys are set again", () => {
    assert.deepStrictEqual(keptOf(2, ["a", "b", "a", "b", "a"]), ["a", "b"])
    const cache = cacheAfter(2, ["a"])
    cache.set("a", "another")
    assert.strictEqual(cache.get("a"), "another")
  })
  it("a bounded cache forgets a deleted key", () => {
    const cache = cacheAfter(2, ["a", "b", "c"])
    for (const key of ["a", "c"]) cache.delete(key)
    assert.deepStrictEqual(["a", "b", "c"].map((key) => cache.get(key)), [undefined, "B", undefined])
  })
})
