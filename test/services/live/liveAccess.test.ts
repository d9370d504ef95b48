import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { KeyScope } from "../../../src/domain/ApiKey.ts"
import { noTables } from "../../../src/testing/rows.ts"
import { layout } from "../../conformance/people.ts"
import { callers, callerWords, makers, makerWords, reading, type Who, type Whose } from "../../support/accessRules.ts"
import { firstEvents } from "../../support/liveStream.ts"
import { openWebApp, type WebApp } from "../../support/WebApp.ts"

const whose: ReadonlyArray<Whose> = ["ownReport", "reportOfOrgA", "reportOfOrgB", "unknownReport"]
const who: ReadonlyArray<Who> = ["admin", "member", "formerAdmin", "foreignAdmin"]
const visibilities = ["private", "organization"] as const

const cells = whose.flatMap((thing) =>
  who.flatMap((one) =>
    visibilities.map((visibility, index) => {
      const outcome = reading[thing][one][index === 0 ? 0 : 1]
      const status = outcome === "yes" ? 200 : outcome
      return [callerWords[one], status, visibility, makerWords[thing], { thing, one, visibility, status }] as const
    })
  )
)

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

const reportOf = async (thing: Whose, one: Who, visibility: string) => {
  if (thing === "unknownReport") return crypto.randomUUID()
  const { json } = await app.call(makers[thing](one), "POST /crm-reports", { title: "Theirs", layout, visibility })
  return String(json["id"])
}

describe("access to live runs", () => {
  it.each(cells)("%s gets %i from a live run of a report that is %s and that %s", async (...[, , , , cell]) => {
    const id = await reportOf(cell.thing, cell.one, cell.visibility)
    const { status } = await firstEvents(app, callers[cell.one], `/crm-reports/${id}/run`, {})
    assert.strictEqual(status, cell.status)
  })

  it.each(who.map((one) => [callerWords[one], one] as const))(
    "%s gets 200 from a live run of widgets",
    async (_words, one) => {
      const { events, status } = await firstEvents(app, callers[one], "/crm-reports/metrics/run", { widgets: [] })
      assert.deepStrictEqual([status, events.map(({ data, event }) => [event, data])], [200, [["ready", {}]]])
    }
  )

  it.each(KeyScope.literals)(
    "a live run with a key whose key scope is %s gets 200 for reports:read, or else 403",
    async (scope) => {
      const { json } = await app.call(callers.member, "POST /crm-reports/keys", { name: "script", scopes: [scope] })
      const authorization = `Bearer ${String(json["secret"])}`
      const { status } = await firstEvents(
        app,
        callers.member,
        "/crm-reports/metrics/run",
        { widgets: [] },
        authorization
      )
      assert.strictEqual(status, scope === "reports:read" ? 200 : 403)
    }
  )
})
