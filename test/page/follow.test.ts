import { afterEach, assert, beforeEach, describe, it, vi } from "@effect/vitest"
import { follow } from "../../src/page/live/follow.ts"

const ready = "id: 1.1\nevent: ready\ndata: {}\n\n"
const expired = "event: expired\ndata: {}\n\n"

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Each attempt gets the next answer, and is refused when none is left. */
const followed = (...answers: Array<string | ReadableStream<Uint8Array>>) => {
  const said: Array<string> = []
  const closes: Array<number> = []
  const end = follow({
    begun: undefined,
    open: async (signal) => {
      const answer = answers.shift()
      if (answer === undefined) throw new Error("refused")
      return new Response(typeof answer === "string" ? answer : answer.pipeThrough(new TransformStream(), { signal }))
    },
    onSeries: () => {},
    onOpen: () => said.push("open"),
    onClose: (heardAt) => {
      said.push("closed")
      closes.push(heardAt)
    },
    onRefused: () => said.push("refused")
  })
  return { closes, end, said }
}

/** The first pause is at most this long. */
const attempted = () => vi.advanceTimersByTimeAsync(1_500)

const silent = () =>
  new ReadableStream<Uint8Array>({ start: (bytes) => bytes.enqueue(new TextEncoder().encode(ready)) })

describe("a followed stream", () => {
  it("that never opened is not said to have closed", async () => {
    const unasked = followed()
    unasked.end()
    assert.deepStrictEqual(unasked.said, [])
    const refused = followed()
    await attempted()
    refused.end()
    assert.deepStrictEqual(refused.said, ["refused"])
  })

  it("that opened is said to have closed once, when it ends or is ended", async () => {
    const lost = followed(ready)
    await attempted()
    await vi.waitFor(() => assert.deepStrictEqual(lost.said.slice(0, 2), ["open", "closed"]))
    lost.end()
    assert.strictEqual(lost.said.filter((word) => word === "closed").length, 1)
    const left = followed(silent())
    await attempted()
    await vi.waitFor(() => assert.deepStrictEqual(left.said, ["open"]))
    left.end()
    left.end()
    assert.deepStrictEqual(left.said, ["open", "closed"])
  })

  it("that falls silent, as after a sleep, was current until its last event", async () => {
    const { closes, end, said } = followed(silent())
    await attempted()
    await vi.waitFor(() => assert.deepStrictEqual(said, ["open"]))
    const openedBy = Date.now()
    await vi.advanceTimersByTimeAsync(40_000)
    await vi.waitFor(() => assert.deepStrictEqual(said.slice(0, 2), ["open", "closed"]))
    end()
    assert.isAtMost(closes[0] ?? Infinity, openedBy)
  })

  it("that expired stays open until the next attempt is refused", async () => {
    const texts = new TextEncoder()
    let bytes: ReadableStreamDefaultController<Uint8Array> | undefined
    const { closes, end, said } = followed(
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          bytes = controller
          controller.enqueue(texts.encode(ready))
        }
      })
    )
    await attempted()
    await vi.waitFor(() => assert.deepStrictEqual(said, ["open"]))
    await vi.advanceTimersByTimeAsync(2_000)
    const expiredAt = Date.now()
    bytes?.enqueue(texts.encode(expired))
    bytes?.close()
    await vi.waitFor(() => assert.deepStrictEqual(said.slice(0, 3), ["open", "closed", "refused"]))
    end()
    assert.isAtLeast(closes[0] ?? 0, expiredAt)
    assert.strictEqual(said.filter((word) => word === "closed").length, 1)
  })
})
