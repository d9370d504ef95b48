import { DateTime, Effect } from "effect"
import { HttpApiBuilder, HttpApiSchema } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { subscriptionLocation } from "../api/headers.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { Subscriptions } from "../services/deliveries/Subscriptions.ts"
import { SubscriptionRepo } from "../services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { acceptedLocale } from "./negotiation.ts"

export const SubscriptionsHandlers = HttpApiBuilder.group(
  Api,
  "subscriptions",
  Effect.fnUntraced(function*(handlers) {
    const repo = yield* SubscriptionRepo
    const subscriptions = yield* Subscriptions
    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ params, payload }) {
        const created = yield* subscriptions.create(yield* CurrentCaller, params.id, {
          locale: yield* acceptedLocale,
          ...payload
        })
        return HttpApiSchema.withHeaders({ body: created, headers: { location: subscriptionLocation(created.id) } })
      }),
      list: Effect.fnUntraced(function*({ params }) {
        return { results: yield* subscriptions.list(yield* CurrentCaller, params.id) }
      }),
      get: Effect.fnUntraced(function*({ params }) {
        return yield* repo.find(yield* CurrentCaller, params.subscriptionId)
      }),
      update: Effect.fnUntraced(function*({ params, payload }) {
        return yield* subscriptions.update(yield* CurrentCaller, params.subscriptionId, payload)
      }),
      test: Effect.fnUntraced(function*({ params }) {
        yield* repo.test(yield* CurrentCaller, params.subscriptionId, yield* DateTime.now)
      }),
      remove: Effect.fnUntraced(function*({ params }) {
        yield* repo.remove(yield* CurrentCaller, params.subscriptionId)
      })
    })
  })
)
