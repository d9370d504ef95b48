import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Documents } from "../../../src/documents/Documents.ts"
import { render } from "../../../src/documents/render.ts"
import type { Role } from "../../../src/domain/Caller.ts"
import { lastDue } from "../../../src/domain/dueTimes.ts"
import { ApiKeys } from "../../../src/services/keys/ApiKeys.ts"
import { gateCases, yearOf } from "../../proof/gateCases.ts"
import { daily, deliverAt, deliveriesOver, subscribed } from "../../support/deliveries.ts"
import { now as timeOfTables } from "../../support/randomTables.ts"
import { parsed, smtpServer } from "../../support/smtpServer.ts"
import { webhookServer } from "../../support/webhookServer.ts"

/** Makes CSV files in this process, and no pictures. */
const csvOnly = Layer.mock(Documents, {
  make: (document, format) =>
    format === "csv"
      ? Effect.map(Effect.promise(() => render(document, "csv")), (bytes) => bytes ?? new Uint8Array())
      : Effect.succeed(new Uint8Array([1]))
})

/** The ids in random tables are no parts of an address. */
const keysOf = (role: Role) =>
  Layer.mock(ApiKeys, {
    roleOf: () => Effect.succeed(role),
    addressOf: () => Effect.succeed("reader@example.com")
  })

const ownIds = /unsubscribe\/[\w/-]+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g

it.live.each(gateCases)(
  "rows outside the scope change nothing in a mail to a $caller.role, nor in a message with the numbers of one",
  (question) =>
    Effect.gen(function*() {
      const { caller } = question
      const { widgets, timeframe, ...selection } = yearOf(question, 5)
      const view = { ...selection, ...(timeframe && { timeframe }) }
      const set = timeOfTables - 2 * 86_400_000
      const messagesOver = (tables: typeof question.tables) =>
        Effect.gen(function*() {
          const server = yield* smtpServer()
          const { posts, url } = yield* webhookServer()
          return yield* Effect.gen(function*() {
            yield* subscribed(caller, [caller.userId], { widgets }, set, { view })
            for (const channel of ["webhook", "slack"] as const) {
              const more = { view, channel, format: "link", url: `${url}?${channel}` } as const
              yield* subscribed(caller, undefined, { widgets }, set, more)
            }
            yield* deliverAt(lastDue({ ...daily, timeZone: "Europe/Madrid", weekStart: 1 }, timeOfTables))
            const [mail] = server.mails
            if (mail === undefined) return assert.fail("no mail")
            const { attachments, html, text } = yield* parsed(mail)
            const bodies = posts.toSorted((a, b) => a.path.localeCompare(b.path)).map(({ body }) => body.toString())
            return [text, String(html), attachments.at(-1)?.content.toString(), ...bodies].map((part) =>
              part?.replaceAll(ownIds, "")
            )
          }).pipe(Effect.provide(deliveriesOver(tables, keysOf(caller.role), server.port, csvOnly)))
        })
      const [found, alone, among] = yield* Effect.all(
        [question.tables, question.visible, question.among].map(messagesOver)
      )
      for (const part of [2, 3, 4]) assert.isAbove(found?.[part]?.length ?? 0, 1_000)
      assert.deepStrictEqual(alone, found)
      assert.deepStrictEqual(among, found)
    })
)
