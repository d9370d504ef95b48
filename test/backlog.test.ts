import { assert, describe, it } from "@effect/vitest"
import { Duration } from "effect"
import { makeBacklog } from "../src/services/limits/backlog.ts"

const nanos = (millis: number) => BigInt(millis) * 1_000_000n

/** Begins five runs of ten widgets. One widget ends every `millis` ms, until `ended` widgets have ended. */
const busy = (millis: number, ended: number) => {
  const backlog = makeBacklog(Duration.seconds(1))
  const runs = Array.from({ length: 5 }, () => backlog.begin("acme", 10, 0n))
  for (let widget = 1; widget <= ended; widget++) runs[widget % 5]?.endWidget(nanos(widget * millis))
  return {
    backlog,
    runs,
    isTooLong: (organizationId: string, at: number) => backlog.isTooLong(organizationId, nanos(at))
  }
}

describe("runs in progress", () => {
  it("runs in progress take too long if, at their pace, the pending widgets would need longer than the limit", () => {
    const { isTooLong } = busy(25, 9)
    assert.isTrue(isTooLong("acme", 225))
    assert.isFalse(isTooLong("bolt", 225))
    assert.isFalse(busy(25, 10).isTooLong("acme", 250))
  })

  it("runs in progress take too long if no widget has ended for longer than the limit", () => {
    const { isTooLong } = busy(1, 10)
    assert.deepStrictEqual([1_010, 1_011].map((at) => isTooLong("acme", at)), [false, true])
  })

  it("runs in progress do not take too long if they are fewer than four", () => {
    const { backlog, isTooLong, runs } = busy(100, 0)
    assert.isTrue(isTooLong("acme", 1_001))
    runs[0]?.end()
    assert.deepStrictEqual([isTooLong("acme", 1_001), backlog.isAnyCrowded()], [true, true])
    runs[1]?.end()
    assert.deepStrictEqual([isTooLong("acme", 1_001), backlog.isAnyCrowded()], [false, false])
  })

  it("after two limits with four runs or more, the pending widgets may take a quarter of the limit", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const runs = Array.from({ length: 4 }, () => backlog.begin("acme", 75, 0n))
    for (let widget = 1; widget <= 201; widget++) runs[widget % 4]?.endWidget(nanos(widget * 10))
    assert.strictEqual(backlog.pending(), 99)
    assert.deepStrictEqual([2_000, 2_001].map((at) => backlog.isTooLong("acme", nanos(at))), [false, true])
    for (let widget = 202; widget <= 275; widget++) runs[widget % 4]?.endWidget(nanos(widget * 10))
    assert.deepStrictEqual([backlog.pending(), backlog.isTooLong("acme", nanos(2_750))], [25, false])
  })

  it("a moment with fewer than four runs begins a new burst", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const runs = Array.from({ length: 4 }, () => backlog.begin("acme", 75, 0n))
    for (let widget = 1; widget <= 201; widget++) runs[widget % 4]?.endWidget(nanos(widget * 10))
    assert.isTrue(backlog.isTooLong("acme", nanos(2_010)))
    runs[0]?.end()
    backlog.begin("acme", 25, nanos(2_010))
    assert.strictEqual(backlog.pending(), 99)
    assert.isFalse(backlog.isTooLong("acme", nanos(2_010)))
  })

  it("when a run ends, its widgets that were not computed are no longer pending", () => {
    const { backlog, isTooLong, runs } = busy(25, 9)
    runs[0]?.end()
    assert.strictEqual(backlog.pending(), 32)
    assert.isFalse(isTooLong("acme", 225))
    for (const run of runs.slice(1)) run.end()
    assert.strictEqual(backlog.size(), 0)
  })

  it("the number of pending widgets stays 0 when a run computes its only widget twice", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const run = backlog.begin("acme", 1, 0n)
    run.endWidget(1n)
    run.endWidget(2n)
    assert.strictEqual(backlog.pending(), 0)
  })

  it("the time that widgets of ended runs took counts for the runs in progress", () => {
    const { backlog, isTooLong, runs } = busy(25, 10)
    for (const run of runs) run.end()
    for (let run = 0; run < 4; run++) backlog.begin("acme", 10, nanos(60_000))
    assert.isFalse(isTooLong("acme", 60_000))
    backlog.begin("acme", 1, nanos(60_000))
    assert.isTrue(isTooLong("acme", 60_000))
  })

  it("runs with more than 256 pending widgets take too long while no widget has ended", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const runs = Array.from({ length: 4 }, () => backlog.begin("acme", 64, 0n))
    assert.isFalse(backlog.isTooLong("acme", 0n))
    runs.push(backlog.begin("acme", 1, 0n))
    assert.isTrue(backlog.isTooLong("acme", 0n))
    runs[0]?.endWidget(nanos(1))
    assert.isFalse(backlog.isTooLong("acme", nanos(1)))
  })

  it("the times of widgets that ran while fewer than four runs were in progress are ignored", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    for (let run = 0; run < 10; run++) {
      const { end, endWidget } = backlog.begin("acme", 1, nanos(300 * run))
      endWidget(nanos(300 * run + 300))
      end()
    }
    for (let run = 0; run < 5; run++) backlog.begin("acme", 1, nanos(3_000))
    assert.isFalse(backlog.isTooLong("acme", nanos(3_000)))
  })

  it("the mean time of a widget is computed from the last hundred widgets", () => {
    const backlog = makeBacklog(Duration.seconds(1))
    const runs = Array.from({ length: 4 }, () => backlog.begin("acme", 450, 0n))
    for (let widget = 1; widget <= 1_000; widget++) runs[widget % 4]?.endWidget(nanos(widget))
    assert.isFalse(backlog.isTooLong("acme", nanos(1_000)))
    for (let widget = 1; widget <= 300; widget++) runs[widget % 4]?.endWidget(nanos(1_000 + widget * 3))
    assert.strictEqual(backlog.pending(), 500)
    assert.isTrue(backlog.isTooLong("acme", nanos(1_900)))
  })
})
