import { assert, describe, it, vi } from "@effect/vitest"
import { setImmediate } from "node:timers/promises"
import { Problem } from "../../src/page/api/Problem.ts"
import type { MetricSeries, RunRequest } from "../../src/page/api/wire.ts"
import { firstRun, takeBegun } from "../../src/page/live/firstRun.ts"
import { statSeries } from "../gallery/hostile.ts"

const request: RunRequest = {
  widgets: ["a", "b"].map((instanceId) => ({ instanceId, metricId: "leads.total", chart: "stat" }))
}

const seriesOf = (instanceId: string, value: number): MetricSeries => ({ ...statSeries(value, null, null), instanceId })

const eventOf = (series: MetricSeries) =>
  `id: 1.${series.instanceId}\nevent: series\ndata: ${JSON.stringify(series)}\n\n`
const ready = "id: 1.3\nevent: ready\ndata: {}\n\n"

const [a, b] = [seriesOf("a", 1), seriesOf("b", 2)]
const json = [seriesOf("a", 7), seriesOf("b", 8)]

/** Answers a stream with this text, or refuses it. */
const apiOf = (stream: string | Problem) => {
  const calls: Array<string> = []
  return {
    calls,
    live: () => {
      calls.push("stream")
      return stream instanceof Problem ? Promise.reject(stream) : Promise.resolve(new Response(stream))
    },
    run: () => {
      calls.push("json")
      return Promise.resolve(json)
    }
  }
}

const { signal } = new AbortController()

describe("the first run of a report", () => {
  it("a stream is the run, in the order of the widgets, and is followed afterwards, once", async () => {
    const later = eventOf(seriesOf("a", 9))
    const api = apiOf([": begins\n\n", eventOf(b), eventOf(a), ready, later].join(""))
    assert.deepStrictEqual(await firstRun(api, request, signal), [a, b])
    assert.deepStrictEqual(api.calls, ["stream"])
    assert.isUndefined(takeBegun(apiOf(""), JSON.stringify(request)))
    const begun = takeBegun(api, JSON.stringify(request))
    assert.strictEqual(begun?.lastEventId, "1.3")
    const { value } = await begun?.events.getReader().read() ?? {}
    assert.deepStrictEqual(JSON.parse(value?.data ?? ""), seriesOf("a", 9))
    assert.isUndefined(takeBegun(api, JSON.stringify(request)))
    begun?.end()
  })

  it.each([
    ["ends before its first run", eventOf(a) + eventOf(b)],
    ["lacks a series", eventOf(a) + ready],
    ["is one too many", new Problem("", 429, "too_many_streams")],
    ["cannot be opened", new Problem("", 503, "overloaded")]
  ])("if the stream %s, the run is asked for as JSON", async (_why, stream) => {
    const api = apiOf(stream)
    assert.deepStrictEqual(await firstRun(api, request, signal), json)
    assert.deepStrictEqual(api.calls, ["stream", "json"])
    assert.isUndefined(takeBegun(api, JSON.stringify(request)))
  })

  it("a connection that is silent for 40 s after a series is given up, and the run is asked for as JSON", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] })
    try {
      const api = apiOf("")
      const texts = new TextEncoder()
      const live = (_: RunRequest, ending: AbortSignal) => {
        const body = new ReadableStream<Uint8Array>({
          start: (bytes) => {
            bytes.enqueue(texts.encode(eventOf(a)))
            ending.addEventListener("abort", () => bytes.error(ending.reason))
          }
        })
        return Promise.resolve(new Response(body))
      }
      const run = firstRun({ ...api, live }, request, signal)
      // Until the event is read, time stands still.
      for (let turn = 0; turn < 20; turn++) await setImmediate()
      await vi.advanceTimersByTimeAsync(39_000)
      assert.deepStrictEqual(api.calls, [])
      await vi.advanceTimersByTimeAsync(1_000)
      assert.deepStrictEqual(await run, json)
      assert.deepStrictEqual(api.calls, ["json"])
    } finally {
      vi.useRealTimers()
    }
  })

  it.each([[400, "invalid_request"], [429, "rate_limited"], [0, "unreachable"]])(
    "a run that is refused with status %d (%s) is sent only once",
    async (status, code) => {
      const refusal = new Problem("", status, code)
      const api = apiOf(refusal)
      const error = await firstRun(api, request, signal).catch((error: unknown) => error)
      assert.strictEqual(error, refusal)
      assert.deepStrictEqual(api.calls, ["stream"])
    }
  )
})
