import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { affectedBy, chosenFaults } from "../proof/chosenFaults.ts"
import { type Mutation, mutations } from "../proof/mutations.ts"

const fault: Mutation = { name: "a", file: "src/a.ts", find: "1", replace: "2", tests: ["one", "two"] }

describe("the choice of planted faults", () => {
  it("a fault is affected by a change of its source file, of one of its tests, or of its definition", () => {
    const isAffected = (changed: ReadonlyArray<string>, before = fault) => affectedBy(changed, [before])(fault)
    assert.isFalse(isAffected(["src/b.ts", "test/three.test.ts"]))
    assert.isTrue(isAffected(["src/a.ts"]))
    assert.isTrue(isAffected(["test/two.test.ts"]))
    assert.isTrue(isAffected([], { ...fault, find: "0" }))
  })

  it("without arguments, all faults are planted", async () => {
    assert.deepStrictEqual(await chosenFaults([]), mutations)
  })

  it("no test of a fault opens a browser, because the copies that faults are planted in have no built page", () => {
    const opensBrowser = (test: string) =>
      readFileSync(join(import.meta.dirname, `../${test}.test.ts`), "utf8").includes("support/browser.ts\"")
    assert.deepStrictEqual([...new Set(mutations.flatMap(({ tests }) => tests))].filter(opensBrowser), [])
  })

  it("the faults that are drawn depend only on the seed", async () => {
    const drawn = (seed: string) => chosenFaults(["--most", "20", "--seed", seed])
    const first = await drawn("1")
    assert.strictEqual(new Set(first).size, 20)
    assert.deepStrictEqual(await drawn("1"), first)
    assert.notDeepEqual(await drawn("2"), first)
  })
})
