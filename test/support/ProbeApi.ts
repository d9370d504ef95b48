import { Effect, Layer, Ref, Schema } from "effect"
import { HttpApi, HttpApiBuilder, HttpApiEndpoint, HttpApiGroup } from "effect/http-api"
import { Authentication } from "../../src/api/Authentication.ts"
import { RequestGuard } from "../../src/api/middleware.ts"
import { CurrentCaller } from "../../src/domain/Caller.ts"
import { Failure } from "../../src/domain/Failure.ts"
import { isStorableJson } from "../../src/domain/Json.ts"
import { Text } from "../../src/domain/Text.ts"
import { TimedOut, Unavailable } from "../../src/domain/Unavailable.ts"
import { AuthenticationLayer } from "../../src/http/door.ts"
import { allowedMethods } from "../../src/http/middleware/allowedMethods.ts"
import { pipeline } from "../../src/http/middleware/pipeline.ts"
import { RequestGuardLayer } from "../../src/http/middleware/requestGuard.ts"

export class ThingNotFound extends Failure<ThingNotFound>()("ThingNotFound", {
  status: 404,
  code: "thing_not_found",
  message: "There is no such thing."
}) {}

export class ThingTaken extends Failure<ThingTaken>()("ThingTaken", {
  status: 409,
  code: "thing_taken",
  message: "Somebody has it."
}) {}

const Widget = Schema.Struct({
  instanceId: Text({ minimum: 1, maximum: 64 }),
  filters: Schema.optionalKey(Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Array(Schema.String)])))
})

const Layout = Schema.Struct({
  layout: Schema.Struct({ widgets: Schema.Array(Widget).check(Schema.isMaxLength(50)) }),
  kept: Schema.optionalKey(Schema.Unknown.check(isStorableJson()))
})

export const kinds = ["missing", "taken", "unavailable", "slow", "defect", "unencodable", "never"] as const

class ProbeGroup extends HttpApiGroup.make("probe").add(
  HttpApiEndpoint.get("caller", "/caller", {
    success: Schema.Struct({ organizationId: Schema.String, userId: Schema.String, role: Schema.String })
  }),
  HttpApiEndpoint.post("keep", "/layouts", { payload: Layout, success: Layout }),
  HttpApiEndpoint.get("list", "/layouts", {
    query: {
      limit: Schema.optionalKey(
        Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 1, maximum: 100 }))
      )
    },
    success: Schema.Struct({ limit: Schema.Finite })
  }),
  HttpApiEndpoint.get("one", "/things/:id", {
    params: { id: Schema.String.check(Schema.isUUID()) },
    success: Schema.Struct({ id: Schema.String })
  }),
  HttpApiEndpoint.get("fail", "/fail/:kind", {
    params: { kind: Schema.Literals(kinds) },
    success: Schema.Struct({ when: Schema.Date }),
    error: [ThingNotFound, ThingTaken]
  })
).prefix("/crm-reports") {}

/** This small API uses the real sign-in and middleware. */
export class ProbeApi extends HttpApi.make("probe").add(ProbeGroup).middleware(RequestGuard).middleware(Authentication)
  .annotate(HttpApi.ParseOptions, { errors: "all" })
{}

/** Builds the probe API, and counts the calls of its handlers in `reached`. */
export const makeProbe = (reached: Ref.Ref<number>) => {
  const reach = Ref.update(reached, (times) => times + 1)
  const Handlers = HttpApiBuilder.group(ProbeApi, "probe", (handlers) =>
    handlers.handleAll({
      caller: () => Effect.andThen(reach, Effect.service(CurrentCaller)),
      keep: ({ payload }) => Effect.as(reach, payload),
      list: ({ query }) => Effect.as(reach, { limit: query.limit ?? 20 }),
      one: ({ params }) => Effect.as(reach, { id: params.id }),
      fail: Effect.fnUntraced(function*({ params: { kind } }) {
        yield* reach
        switch (kind) {
          case "missing":
            return yield* new ThingNotFound()
          case "taken":
            return yield* new ThingTaken()
          case "unavailable":
            return yield* new Unavailable()
          case "slow":
            return yield* new TimedOut()
          case "defect":
            return yield* Effect.die(new Error("the secret of /srv/secret.ts"))
          case "unencodable":
            return { when: new Date(Number.NaN) }
          case "never":
            return yield* Effect.never
        }
      })
    }))
  const allowed = allowedMethods(ProbeApi, [])
  return Layer.mergeAll(HttpApiBuilder.layer(ProbeApi), pipeline(allowed)).pipe(
    Layer.provide(Handlers),
    Layer.provide([AuthenticationLayer, RequestGuardLayer])
  )
}
