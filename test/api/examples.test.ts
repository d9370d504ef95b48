import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import canonicalize from "canonicalize"
import { createHash } from "node:crypto"
import { child, itemsOf, type JsonObject } from "../../src/api/openapi/jsonTree.ts"
import { member, noTables } from "../../src/testing/rows.ts"
import { contract } from "../support/contract.ts"
import { caller } from "../support/TestApp.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const exampleOf = (path: string, verb: string, name: string): JsonObject =>
  child(
    contract,
    "paths",
    path,
    verb,
    "responses",
    "200",
    "content",
    "application/json",
    "examples",
    name,
    "value"
  )

let app: WebApp
beforeAll(() => {
  app = openWebApp({ ...noTables, members: [member("user_ana", "Ana Ferrer"), member("user_bea", "Bea Navarro")] })
})
afterAll(() => app.close())

const untimed = ({ meta, ...series }: JsonObject): JsonObject => ({
  ...series,
  meta: { ...child({ meta }, "meta"), asOf: "" }
})

it.each(
  [
    ["a failed widget", "fault", "admin", { instanceId: "total", metricId: "leads.total", chart: "donut" }],
    ["an admin-only metric", "gated", "member", {
      instanceId: "agents",
      metricId: "team.leads_by_agent",
      chart: "leaderboard"
    }]
  ] as const
)("the OpenAPI example of %s equals the service's response", async (_what, name, role, widget) => {
  const example = itemsOf(exampleOf("/crm-reports/metrics/run", "post", name)["results"])
  const request = { widgets: [widget], assigneeIds: ["user_ana", "user_bea"] }
  const { json } = await app.call(caller(role, "user_ana"), "POST /crm-reports/metrics/run", request)
  assert.deepStrictEqual(itemsOf(json["results"]).map(untimed), example.map(untimed))
})

it("the content hash of the example snapshot is the hash of its layout and series", () => {
  const { contentHash, layout, series } = exampleOf("/crm-reports/snapshots/{snapshotId}", "get", "snapshot")
  const text = canonicalize({ layout, series }) ?? ""
  assert.strictEqual(contentHash, createHash("sha256").update(text).digest("hex"))
})
