import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { Unavailable } from "../../../src/domain/Unavailable.ts"
import { Delivering } from "../../../src/services/deliveries/Delivering.ts"
import { SubscriptionRepo } from "../../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { fixedClock } from "../../../src/testing/fixedClock.ts"
import { channelsTo, subscribed } from "../../support/deliveries.ts"
import { ana, layout, minute, scene, set, seven } from "../../support/deliveryScene.ts"
import { logInto } from "../../support/logInto.ts"
import type { smtpServer } from "../../support/smtpServer.ts"

/** Makes the deliveries of three subscriptions. Returns their next times due. */
const made = Effect.fnUntraced(function*(
  { port }: Effect.Success<ReturnType<typeof smtpServer>>,
  replaced: (repo: SubscriptionRepo["Service"]) => Partial<SubscriptionRepo["Service"]>,
  lines: Array<string>
) {
  const subscriptions = [1, 2, 3].map(() => subscribed(ana, ["ana"], layout, set, { format: "link" }))
  const saved = yield* Effect.all(subscriptions)
  const repo = yield* SubscriptionRepo
  const failing = Layer.succeed(SubscriptionRepo, { ...repo, ...replaced(repo) })
  const context = yield* Layer.build(Layer.fresh(Layer.provide(Delivering.layer, [failing, channelsTo(port)])))
  yield* Delivering.use(({ makeDue }) => makeDue).pipe(
    Effect.provide(context),
    Effect.provide(logInto(lines)),
    fixedClock(seven(11) + minute)
  )
  const times = yield* Effect.forEach(
    saved,
    ({ id }) => Effect.map(repo.find(ana, id), ({ nextAt }) => DateTime.toEpochMillis(nextAt))
  )
  return times
})

describe("subscriptions that are due", () => {
  it.live("one that fails does not stop those after it, and the log names it", () =>
    scene((server) =>
      Effect.gen(function*() {
        const lines: Array<string> = []
        let failed = ""
        const times = yield* made(server, (repo) => ({
          due: (organizationId, at) =>
            Effect.map(repo.due(organizationId, at), ([first, ...others]) => {
              failed = first?.id ?? ""
              return first === undefined ? [] : [{ ...first, timeZone: "Nowhere/Unknown" }, ...others]
            })
        }), lines)
        assert.sameMembers(times, [seven(11), seven(12), seven(12)])
        const [line = "", ...more] = lines.filter((each) => each.includes("could not be made"))
        assert.deepStrictEqual(more, [])
        assert.include(line, `subscriptionId=${failed}`)
        assert.include(line, "RangeError")
      })
    ))

  it.live("a database that does not answer is one warning", () =>
    scene((server) =>
      Effect.gen(function*() {
        const lines: Array<string> = []
        const times = yield* made(server, () => ({ makeDeliveries: () => Effect.fail(new Unavailable()) }), lines)
        assert.deepStrictEqual(times, [seven(11), seven(11), seven(11)])
        assert.lengthOf(lines.filter((each) => each.includes("could not be made")), 1)
      })
    ))
})
