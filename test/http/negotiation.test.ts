import { assert, describe, it } from "@effect/vitest"
import { MetricsGroup } from "../../src/api/Metrics.ts"
import { SnapshotsGroup } from "../../src/api/Snapshots.ts"
import { contentTypes, DocumentFormat } from "../../src/domain/DocumentFormat.ts"
import { eventStream } from "../../src/domain/Live.ts"
import { kindOf } from "../../src/http/door.ts"
import { formatIn, prefersEventsIn } from "../../src/http/negotiation.ts"

const formats = DocumentFormat.literals

const answerTo = (accept: string | undefined) =>
  prefersEventsIn(accept, formats) ? "events" : formatIn(accept, formats) ?? "json"

const kindOfAnswer = (answer: string) => ({ events: "streams", json: "runs" })[answer] ?? "files"

const types = [["json", "application/json"], ["events", eventStream], ["csv", contentTypes.csv], [
  "png",
  contentTypes.png
]] as const

const ordersOf = <A>(values: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  values.length === 0 ?
    [[]] :
    values.flatMap((value) => ordersOf(values.filter((other) => other !== value)).map((order) => [value, ...order]))

const accepts: ReadonlyArray<readonly [accept: string | undefined, answer: string]> = [
  // Both the order in the header and the order of preference can be any.
  ...ordersOf(types).flatMap((preference) =>
    ordersOf(preference).map((listed) => {
      const parts = listed.map((one) => `${one[1]};q=${(9 - preference.indexOf(one)) / 10}`)
      return [parts.join(", "), preference[0]?.[0] ?? ""] as const
    })
  ),
  // The client prefers the first of several types with equal quality.
  ...ordersOf(types).map((listed) => [listed.map(([, type]) => type).join(","), listed[0]?.[0] ?? ""] as const),
  [undefined, "json"],
  ["*/*", "json"],
  ["*/*;q=0.5", "json"],
  [eventStream, "events"],
  [`${eventStream}, */*;q=0.1`, "events"],
  ["text/*", "csv"],
  [`text/*, ${eventStream};q=0.1`, "csv"],
  [`text/*;q=0.1, ${eventStream}`, "events"],
  [`text/*, text/csv;q=0`, "json"]
]

describe("the answer to a run", () => {
  it("is what Accept prefers, and the request counts as what it is", () => {
    const { run } = MetricsGroup.endpoints
    const found = accepts.map(([accept]) => [accept, answerTo(accept), kindOf(run, accept)])
    assert.deepStrictEqual(found, accepts.map(([accept, answer]) => [accept, answer, kindOfAnswer(answer)]))
  })

  it("is not a stream for a comparison, which offers no events", () => {
    const { compare } = SnapshotsGroup.endpoints
    const found = [eventStream, `${eventStream}, ${contentTypes.pdf};q=0.9`].map((accept) => kindOf(compare, accept))
    assert.deepStrictEqual(found, ["runs", "files"])
  })
})
