import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { OpenApi } from "effect/http-api"
import { Api } from "../src/api/Api.ts"
import { noTables } from "../src/testing/rows.ts"
import { layout } from "./conformance/people.ts"
import { caller } from "./support/TestApp.ts"
import { openWebApp, type WebApp } from "./support/WebApp.ts"

const callers = {
  admin: caller("admin", "ana", "org_a"),
  member: caller("member", "carl", "org_a"),
  /** Dora was an admin before. */
  demoted: caller("member", "dora", "org_a"),
  otherAdmin: caller("admin", "boris", "org_b")
}
type Who = keyof typeof callers

/** Each function returns the caller that creates the report and the snapshot. */
const makers = {
  own: (who: Who) => who === "demoted" ? { ...callers.demoted, role: "admin" as const } : callers[who],
  sameOrganization: () => caller("member", "olga", "org_a"),
  otherOrganization: () => caller("member", "bella", "org_b")
}
type Whose = keyof typeof makers | "random"

type Outcome = "yes" | 403 | 404
/** The first outcome is for a private report, the second for an organization-visible one. */
type Outcomes = readonly [Outcome, Outcome]
type Rules = { readonly [W in Whose]: { readonly [C in Who]: Outcomes } }

const never: Outcomes = [404, 404]
const always: Outcomes = ["yes", "yes"]
const shared: Outcomes = [404, "yes"]
const random = { admin: never, member: never, demoted: never, otherAdmin: never }

const reading: Rules = {
  own: { admin: always, member: always, demoted: always, otherAdmin: always },
  sameOrganization: { admin: shared, member: shared, demoted: shared, otherAdmin: never },
  otherOrganization: { admin: never, member: never, demoted: never, otherAdmin: shared },
  random
}

const changing: Rules = {
  own: { admin: always, member: always, demoted: always, otherAdmin: always },
  sameOrganization: { admin: shared, member: [404, 403], demoted: [404, 403], otherAdmin: never },
  otherOrganization: { admin: never, member: never, demoted: never, otherAdmin: shared },
  random
}

const ofSnapshot: Rules = {
  own: { admin: always, member: always, demoted: never, otherAdmin: always },
  sameOrganization: { admin: shared, member: never, demoted: never, otherAdmin: never },
  otherOrganization: { admin: never, member: never, demoted: never, otherAdmin: shared },
  random
}

interface Route {
  readonly yes: number
  readonly rules: Rules
  readonly body?: unknown
  readonly query?: string
}

/** This table has every route with an id, and its outcome for each caller. */
const routes: { readonly [request: string]: Route } = {
  "GET /crm-reports/{id}": { yes: 200, rules: reading },
  "PATCH /crm-reports/{id}": { yes: 200, rules: changing, body: { title: "Changed" } },
  "DELETE /crm-reports/{id}": { yes: 204, rules: changing },
  "POST /crm-reports/{id}/snapshots": { yes: 201, rules: reading, body: {} },
  "POST /crm-reports/{id}/run": { yes: 200, rules: reading, body: {} },
  "GET /crm-reports/{id}/export": { yes: 200, rules: reading, query: "?format=csv" },
  "GET /crm-reports/{id}/snapshots": { yes: 200, rules: reading },
  "GET /crm-reports/snapshots/{snapshotId}": { yes: 200, rules: ofSnapshot },
  "GET /crm-reports/snapshots/{snapshotId}/export": { yes: 200, rules: ofSnapshot, query: "?format=csv" },
  "DELETE /crm-reports/snapshots/{snapshotId}": { yes: 204, rules: ofSnapshot },
  "POST /crm-reports/snapshots/{snapshotId}/renew": { yes: 200, rules: ofSnapshot }
}

/** Any signed-in caller may use these routes. */
const plain: { readonly [request: string]: Omit<Route, "rules"> } = {
  "GET /crm-reports": { yes: 200 },
  "POST /crm-reports": { yes: 201, body: { title: "New", layout } },
  "POST /crm-reports/metrics/run": { yes: 200, body: { widgets: [] } },
  "POST /crm-reports/metrics/records": {
    yes: 200,
    body: { widget: { instanceId: "a", metricId: "leads.total", chart: "stat" } }
  },
  "GET /crm-reports/catalog": { yes: 200 },
  "GET /crm-reports/options": { yes: 200 }
}

const open = ["GET /health", "GET /ready"]

const whose: ReadonlyArray<Whose> = ["own", "sameOrganization", "otherOrganization", "random"]
const who: ReadonlyArray<Who> = ["admin", "member", "demoted", "otherAdmin"]
const visibilities = ["private", "organization"] as const

const cells = Object.entries(routes).flatMap(([request, route]) =>
  whose.flatMap((thing) =>
    who.flatMap((one) =>
      visibilities.map((visibility, index) => ({
        request,
        route,
        thing,
        one,
        visibility,
        outcome: route.rules[thing][one][index === 0 ? 0 : 1]
      }))
    )
  )
)

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())

const idOf = ({ json, status }: Awaited<ReturnType<WebApp["call"]>>) => {
  assert.strictEqual(status, 201)
  return String(json["id"])
}

const made = async (thing: Whose, one: Who, visibility: string) => {
  if (thing === "random") return { id: crypto.randomUUID(), snapshotId: crypto.randomUUID() }
  const maker = makers[thing](one)
  const id = idOf(await app.call(maker, "POST /crm-reports", { title: "Theirs", layout, visibility }))
  return { id, snapshotId: idOf(await app.call(maker, `POST /crm-reports/${id}/snapshots`, {})) }
}

const missing = {
  report: { statusCode: 404, error: "Not Found", message: "There is no such report.", code: "report_not_found" },
  snapshot: { statusCode: 404, error: "Not Found", message: "There is no such snapshot.", code: "snapshot_not_found" }
}

describe("access", () => {
  it.each(cells)("$one gets $outcome for $request (report: $visibility, owner: $thing)", async (cell) => {
    const { id, snapshotId } = await made(cell.thing, cell.one, cell.visibility)
    const { body: sent, query = "" } = cell.route
    const address = `${cell.request.replace("{id}", id).replace("{snapshotId}", snapshotId)}${query}`
    const { json, status } = await app.call(callers[cell.one], address, sent)
    assert.strictEqual(status, cell.outcome === "yes" ? cell.route.yes : cell.outcome)
    if (cell.outcome !== 404) return
    const { requestId, ...body } = json
    assert.match(String(requestId), /^[\w-]+$/)
    assert.deepStrictEqual(body, cell.request.includes("{id}") ? missing.report : missing.snapshot)
  })

  it.each(Object.entries(plain).flatMap(([request, route]) => who.map((one) => ({ request, route, one }))))(
    "$one may send $request",
    async ({ one, request, route }) => {
      assert.strictEqual((await app.call(callers[one], request, route.body)).status, route.yes)
    }
  )

  it("the access table covers every route of the API", () => {
    const { paths } = OpenApi.fromApi(Api)
    const all = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    )
    assert.sameMembers(all, [...Object.keys(routes), ...Object.keys(plain), ...open])
  })
})
