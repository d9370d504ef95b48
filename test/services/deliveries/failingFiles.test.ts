import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Documents } from "../../../src/documents/Documents.ts"
import { TimedOut, Unavailable } from "../../../src/domain/Unavailable.ts"
import { deliverAt, outcomesOf, subscribed } from "../../support/deliveries.ts"
import { ana, layout, mailTo, minute, scene, set, seven } from "../../support/deliveryScene.ts"

it.live.each(
  [
    ["Unavailable", Effect.fail(new Unavailable())],
    ["TimedOut", Effect.fail(new TimedOut())],
    ["a defect", Effect.die(new Error("the file cannot be drawn"))]
  ] as const
)(
  "a mail whose file fails with %s is tried again, and the third attempt sends its numbers without the file",
  ([, failure]) =>
    scene((server) =>
      Effect.gen(function*() {
        const subscription = yield* subscribed(ana, ["ana"], layout, set)
        for (const attempt of [1, 2]) yield* deliverAt(seven(11) + attempt * 2 * minute)
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["waiting", "not_computed"] })
        yield* deliverAt(seven(11) + 10 * minute)
        const { attachments, text } = yield* mailTo(server, "ana")
        assert.include(text, "Total new leads: 1")
        assert.include(text, "The file could not be made.")
        assert.deepStrictEqual(attachments, [])
        assert.deepStrictEqual(yield* outcomesOf(ana, subscription), { ana: ["sent", null] })
      }), Layer.mock(Documents, { make: () => failure }))
)
