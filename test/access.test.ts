import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { OpenApi } from "effect/http-api"
import { Api } from "../src/api/Api.ts"
import { KeyScope } from "../src/domain/KeyScope.ts"
import { noTables } from "../src/testing/rows.ts"
import { layout } from "./conformance/people.ts"
import { missingFrom } from "./support/missingFrom.ts"
import { caller } from "./support/TestApp.ts"
import { openWebApp, type WebApp } from "./support/WebApp.ts"

const callers = {
  admin: caller("admin", "ana", "org_a"),
  member: caller("member", "carl", "org_a"),
  /** Dora was an admin when she created her report, snapshot and key. */
  formerAdmin: caller("member", "dora", "org_a"),
  foreignAdmin: caller("admin", "boris", "org_b")
}
type Who = keyof typeof callers

/** Each function returns the caller that creates the report, the snapshot and the key. */
const makers = {
  ownReport: (who: Who) => who === "formerAdmin" ? { ...callers.formerAdmin, role: "admin" as const } : callers[who],
  colleaguesReport: () => caller("member", "olga", "org_a"),
  foreignReport: () => caller("member", "bella", "org_b")
}
type Whose = keyof typeof makers | "unknownReport"

type Outcome = "yes" | 403 | 404
type Outcomes = readonly [ofPrivate: Outcome, ofShared: Outcome]
type Rules = { readonly [W in Whose]: { readonly [C in Who]: Outcomes } }

const never: Outcomes = [404, 404]
const always: Outcomes = ["yes", "yes"]
const shared: Outcomes = [404, "yes"]
const unknownReport = { admin: never, member: never, formerAdmin: never, foreignAdmin: never }

const reading: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  colleaguesReport: { admin: shared, member: shared, formerAdmin: shared, foreignAdmin: never },
  foreignReport: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

const changing: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  colleaguesReport: { admin: shared, member: [404, 403], formerAdmin: [404, 403], foreignAdmin: never },
  foreignReport: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

const ofSnapshot: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: never, foreignAdmin: always },
  colleaguesReport: { admin: shared, member: never, formerAdmin: never, foreignAdmin: never },
  foreignReport: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

const ofKey: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  colleaguesReport: { admin: always, member: never, formerAdmin: never, foreignAdmin: never },
  foreignReport: { admin: never, member: never, formerAdmin: never, foreignAdmin: always },
  unknownReport
}

const keyBody = { name: "script", scopes: ["reports:read"] }
interface Route {
  readonly yes: number
  /** The key scope that the route needs. `session` means that the route accepts no key. */
  readonly scope: KeyScope | "session"
  readonly rules: Rules
  readonly body?: unknown
  readonly query?: string
}

/** These are the routes with an id in the path. The rules give the outcome for each caller. */
const routes: { readonly [request: string]: Route } = {
  "GET /crm-reports/{id}": { yes: 200, scope: "reports:read", rules: reading },
  "PATCH /crm-reports/{id}": { yes: 200, scope: "reports:write", rules: changing, body: { title: "Changed" } },
  "DELETE /crm-reports/{id}": { yes: 204, scope: "reports:write", rules: changing },
  "POST /crm-reports/{id}/snapshots": { yes: 201, scope: "snapshots:write", rules: reading, body: {} },
  "POST /crm-reports/{id}/run": { yes: 200, scope: "reports:read", rules: reading, body: {} },
  "GET /crm-reports/{id}/export": { yes: 200, scope: "reports:read", rules: reading, query: "?format=csv" },
  "GET /crm-reports/{id}/snapshots": { yes: 200, scope: "reports:read", rules: reading },
  "GET /crm-reports/snapshots/{snapshotId}": { yes: 200, scope: "reports:read", rules: ofSnapshot },
  "GET /crm-reports/snapshots/{snapshotId}/export": {
    yes: 200,
    scope: "reports:read",
    rules: ofSnapshot,
    query: "?format=csv"
  },
  "DELETE /crm-reports/snapshots/{snapshotId}": { yes: 204, scope: "snapshots:write", rules: ofSnapshot },
  "POST /crm-reports/snapshots/{snapshotId}/renew": { yes: 200, scope: "snapshots:write", rules: ofSnapshot },
  "DELETE /crm-reports/keys/{keyId}": { yes: 204, scope: "session", rules: ofKey }
}

/** Any signed-in caller may use these routes. */
const plain: { readonly [request: string]: Omit<Route, "rules"> } = {
  "GET /crm-reports": { yes: 200, scope: "reports:read" },
  "POST /crm-reports": { yes: 201, scope: "reports:write", body: { title: "New", layout } },
  "POST /crm-reports/metrics/run": { yes: 200, scope: "reports:read", body: { widgets: [] } },
  "POST /crm-reports/metrics/records": {
    yes: 200,
    scope: "reports:read",
    body: { widget: { instanceId: "a", metricId: "leads.total", chart: "stat" } }
  },
  "GET /crm-reports/catalog": { yes: 200, scope: "reports:read" },
  "GET /crm-reports/options": { yes: 200, scope: "reports:read" },
  "POST /crm-reports/design": { yes: 200, scope: "design", body: { prompt: "new leads by source" } },
  "POST /crm-reports/keys": { yes: 201, scope: "session", body: keyBody },
  "GET /crm-reports/keys": { yes: 200, scope: "session" }
}

const statusOf = ({ rules, yes }: Route, thing: Whose, one: Who, index: number) => {
  const outcome = rules[thing][one][index === 0 ? 0 : 1]
  return outcome === "yes" ? yes : outcome
}

const open = ["GET /health", "GET /ready"]
const whose: ReadonlyArray<Whose> = ["ownReport", "colleaguesReport", "foreignReport", "unknownReport"]
const who: ReadonlyArray<Who> = ["admin", "member", "formerAdmin", "foreignAdmin"]
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
        status: statusOf(route, thing, one, index)
      }))
    )
  )
)

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())
const unknownIds = { id: crypto.randomUUID(), snapshotId: crypto.randomUUID(), keyId: "unknown" }
const idOf = ({ json: { id } }: Awaited<ReturnType<WebApp["call"]>>) =>
  typeof id === "string" ? id : assert.fail("no id")

const made = async (thing: Whose, one: Who, visibility: string) => {
  if (thing === "unknownReport") return unknownIds
  const maker = makers[thing](one)
  const id = idOf(await app.call(maker, "POST /crm-reports", { title: "Theirs", layout, visibility }))
  const snapshotId = idOf(await app.call(maker, `POST /crm-reports/${id}/snapshots`, {}))
  return { id, snapshotId, keyId: idOf(await app.call(maker, "POST /crm-reports/keys", keyBody)) }
}

const addressOf = (request: string, ids: Readonly<Record<string, string>>, query = "") =>
  `${request.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "")}${query}`

describe("access", () => {
  it.each(cells)("$request by $one gives $status ($visibility, $thing)", async (cell) => {
    const { body: sent, query } = cell.route
    const address = addressOf(cell.request, await made(cell.thing, cell.one, cell.visibility), query)
    const { json, status } = await app.call(callers[cell.one], address, sent)
    assert.strictEqual(status, cell.status)
    if (cell.status !== 404) return
    const { requestId, ...body } = json
    assert.match(String(requestId), /^[\w-]+$/)
    assert.deepStrictEqual(body, missingFrom(cell.request))
  })

  it.each(Object.entries(plain).flatMap(([request, route]) => who.map((one) => ({ request, route, one }))))(
    "the caller $one may send $request",
    async ({ one, request, route }) => {
      assert.strictEqual((await app.call(callers[one], request, route.body)).status, route.yes)
    }
  )

  it.each(
    Object.entries({ ...routes, ...plain }).flatMap(([request, route]) =>
      KeyScope.literals.map((scope) => ({ request, route, scope, outcome: scope === route.scope ? route.yes : 403 }))
    )
  )("$request by a key with the key scope $scope gives $outcome", async ({ outcome, request, route, scope }) => {
    const { json: key } = await app.call(callers.member, "POST /crm-reports/keys", { name: "script", scopes: [scope] })
    const address = addressOf(request, await made("ownReport", "member", "private"), route.query)
    const { json, status } = await app.call(callers.member, address, route.body, {
      authorization: `Bearer ${String(key["secret"])}`
    })
    assert.strictEqual(status, outcome)
    const code = route.scope === "session" ? "session_required" : "scope_required"
    assert.strictEqual(json["code"], status === 403 ? code : undefined)
  })

  it("the tables in this test contain every route of the API", () => {
    const { paths } = OpenApi.fromApi(Api)
    const all = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    )
    assert.sameMembers(all, [...Object.keys(routes), ...Object.keys(plain), ...open])
  })
})
