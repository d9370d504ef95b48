import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import { beforeLoads, untilLoaded } from "../../src/page/shell/untilLoaded.ts"

describe("the load of a part of the page", () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    beforeLoads(async () => {})
  })

  const loadedAfter = async (failures: number, millis: number) => {
    const seen = { loads: 0, result: "waiting" }
    const load = async () => {
      seen.loads += 1
      if (seen.loads <= failures) throw new Error("gone")
      return "loaded"
    }
    untilLoaded(load).then(
      (result) => {
        seen.result = result
      },
      ({ message }: Error) => {
        seen.result = message
      }
    )
    await vi.advanceTimersByTimeAsync(millis)
    return seen
  }

  it.each([
    [0, 0, 1, "loaded"],
    [1, 3_999, 1, "waiting"],
    [1, 4_000, 2, "loaded"],
    [15, 59_999, 15, "waiting"],
    [15, 60_000, 16, "loaded"],
    [1_000, 60_000, 16, "gone"],
    [1_000, 600_000, 16, "gone"]
  ])("after %i failures and %i ms, %i loads were tried and it is %s", async (failures, millis, loads, result) => {
    assert.deepStrictEqual(await loadedAfter(failures, millis), { loads, result })
  })

  it("its style sheets that failed are loaded before it, and are tried again too", async () => {
    const seen: Array<string> = []
    beforeLoads(async () => {
      seen.push("sheets")
      if (seen.length === 1) throw new Error("gone")
    })
    void untilLoaded(async () => {
      seen.push("part")
    })
    await vi.advanceTimersByTimeAsync(3_999)
    assert.deepStrictEqual(seen, ["sheets"])
    await vi.advanceTimersByTimeAsync(1)
    assert.deepStrictEqual(seen, ["sheets", "sheets", "part"])
  })
})
