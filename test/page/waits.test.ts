import { assert, describe, it } from "@effect/vitest"
import { until, within } from "./support/until.ts"

describe("a wait of a page test", () => {
  it("ends at its limit, and names what it waited for and the last answer", async () => {
    let asked = 0
    const waiting = until("two cards", async () => ++asked > 0 && ["Calls"], ["Calls", "Win rate"], 50)
    const failure = await waiting.then(() => "", String)
    assert.strictEqual(failure, "Error: Waited 0.05 s for two cards. The last answer was [ 'Calls' ].")
    const last = asked
    await new Promise((resolve) => setTimeout(resolve, 60))
    assert.strictEqual(asked, last)
  })

  it("for something that never settles ends at its limit", async () => {
    const never = Promise.withResolvers<void>().promise
    assert.strictEqual(await within("a POST", never, 10).catch(String), "Error: Waited 0.01 s for a POST.")
  })

  it("returns a result, and the failure of what it asks", async () => {
    assert.strictEqual(await within("a number", Promise.resolve(7)), 7)
    const closed = until("a card", () => Promise.reject(new Error("The tab is closed.")))
    assert.strictEqual(await closed.then(() => "", String), "Error: The tab is closed.")
  })
})
