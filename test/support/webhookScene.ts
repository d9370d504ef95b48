import { assert } from "@effect/vitest"
import { Effect } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { subscribed } from "./deliveries.ts"
import { everyone, layout, scene, set } from "./deliveryScene.ts"
import { webhookServer } from "./webhookServer.ts"

/** Saves a report with a subscription of a webhook. */
export const posted = (caller: Caller, url: string, view: object = everyone.view) =>
  subscribed(caller, undefined, layout, set, { channel: "webhook", url, format: "link", view })

export const wonIn = (body: Buffer) => /"value":(\d+)/.exec(body.toString())?.[1]

/** Runs a test with a server of webhooks beside the mail server. */
export const withServer = <A, E, R>(
  act: (
    server: Effect.Success<ReturnType<typeof webhookServer>>,
    roles: Parameters<Parameters<typeof scene>[0]>[1]
  ) => Effect.Effect<A, E, R>
) =>
  scene((mails, roles) =>
    Effect.gen(function*() {
      const server = yield* webhookServer()
      yield* act(server, roles)
      assert.deepStrictEqual(mails.mails, [])
    })
  )
