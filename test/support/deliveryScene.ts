import { assert } from "@effect/vitest"
import { type Config, Effect, type Layer } from "effect"
import type { Documents } from "../../src/documents/Documents.ts"
import type { Role } from "../../src/domain/Caller.ts"
import { testKeys } from "../../src/testing/testKeys.ts"
import { at, deliveriesOver } from "./deliveries.ts"
import { parsed, smtpServer } from "./smtpServer.ts"
import { october, person, sales } from "./targets.ts"

export const ana = person("ana", "admin")
export const bo = person("bo")

export const set = at("2026-10-10T12:00:00Z")
export const seven = (day: number) => at(`2026-10-${day}T05:00:00Z`)
export const minute = 60_000

export const layout = {
  widgets: [
    { instanceId: "won", metricId: "leads.total", chart: "stat", x: 0, y: 0, w: 6, h: 4 },
    { instanceId: "by", metricId: "leads.by_source", chart: "bar", x: 6, y: 0, w: 6, h: 4 }
  ]
}
export const everyone = { view: { everyone: true, timeframe: october } }

/** Runs a test with a mail server and with roles that it can change. Mails have files only with `documents`. */
export const scene = <A, E, R>(
  act: (
    server: Effect.Success<ReturnType<typeof smtpServer>>,
    roles: Map<string, Role | undefined>
  ) => Effect.Effect<A, E, R>,
  documents?: Layer.Layer<Documents, Config.ConfigError>
) =>
  Effect.gen(function*() {
    const server = yield* smtpServer()
    const roles = new Map<string, Role | undefined>([["ana", "admin"], ["bo", "member"], ["ed", "member"]])
    const keys = testKeys((_organization, userId) => roles.get(userId))
    return yield* Effect.provide(act(server, roles), deliveriesOver(sales, keys, server.port, documents))
  })

export const mailTo = Effect.fnUntraced(function*(server: Effect.Success<ReturnType<typeof smtpServer>>, name: string) {
  const found = server.mails.findLast(({ to }) => to.startsWith(`${name}@`))
  return found === undefined ? assert.fail(`no mail to ${name}`) : yield* parsed(found)
})
