import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { OpenApi } from "effect/http-api"
import { Api } from "../../src/api/Api.ts"
import { KeyScope } from "../../src/domain/ApiKey.ts"
import { noTables } from "../../src/testing/rows.ts"
import { layout } from "../conformance/people.ts"
import {
  bodyOf,
  keyBody,
  ofAdmins,
  plain,
  type Route,
  routes,
  scheduleBody,
  subscriptionBody,
  targetBody
} from "../support/accessRoutes.ts"
import { callers, callerWords, makers, makerWords, type Who, type Whose } from "../support/accessRules.ts"
import { missingFrom } from "../support/missingFrom.ts"
import { openWebApp, type WebApp } from "../support/WebApp.ts"

const statusOf = ({ rules, yes }: Route, thing: Whose, one: Who, index: number) => {
  const outcome = rules[thing][one][index === 0 ? 0 : 1]
  return outcome === "yes" ? yes : outcome
}

const open = ["GET /health", "GET /ready"]
const whose: ReadonlyArray<Whose> = ["ownReport", "reportOfOrgA", "reportOfOrgB", "unknownReport"]
const who: ReadonlyArray<Who> = ["admin", "member", "formerAdmin", "foreignAdmin"]
const visibilities = ["private", "organization"] as const

const objectOf = (request: string, visibility: string) => {
  if (request.includes("{keyId}")) return "a key"
  if (request.includes("{targetId}")) return "a target"
  const report = visibility === "private" ? "a private report" : "a shared report"
  if (request.includes("{subscriptionId}")) return `a subscription of ${report}`
  return request.includes("{snapshotId}") ? `a snapshot of ${report}` : report
}

const cells = Object.entries(routes).flatMap(([request, route]) =>
  whose.flatMap((thing) =>
    who.flatMap((one) =>
      visibilities.flatMap((visibility, index) => {
        if (visibility !== "private" && (thing === "unknownReport" || /\{(key|target)Id\}/.test(request))) return []
        const status = statusOf(route, thing, one, index)
        const object = objectOf(request, visibility)
        const name = `${callerWords[one]} gets ${status} from ${request} for ${object} that ${makerWords[thing]}`
        return [[name, { request, route, thing, one, visibility, status }] as const]
      })
    )
  )
)

let app: WebApp
beforeAll(() => {
  app = openWebApp(noTables)
})
afterAll(() => app.close())
const unknownIds = {
  id: crypto.randomUUID(),
  snapshotId: crypto.randomUUID(),
  targetId: crypto.randomUUID(),
  subscriptionId: crypto.randomUUID(),
  version: "1",
  keyId: "unknown"
}
const idOf = ({ json: { id } }: Awaited<ReturnType<WebApp["call"]>>) =>
  typeof id === "string" ? id : assert.fail("no id")

const made = async (thing: Whose, one: Who, visibility: string) => {
  if (thing === "unknownReport") return unknownIds
  const maker = makers[thing](one)
  const id = idOf(await app.call(maker, "POST /crm-reports", { title: "Theirs", layout, visibility }))
  assert.strictEqual((await app.call(maker, `PUT /crm-reports/${id}/freezing`, scheduleBody)).status, 200)
  const snapshotId = idOf(await app.call(maker, `POST /crm-reports/${id}/snapshots`, {}))
  const subscriptionId = idOf(await app.call(maker, `POST /crm-reports/${id}/subscriptions`, subscriptionBody))
  const targetId = idOf(await app.call({ ...maker, role: "admin" }, "POST /crm-reports/targets", targetBody()))
  return {
    id,
    version: "1",
    snapshotId,
    subscriptionId,
    targetId,
    keyId: idOf(await app.call(maker, "POST /crm-reports/keys", keyBody))
  }
}

const addressOf = (request: string, ids: Readonly<Record<string, string>>, query = "") =>
  `${request.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "")}${query}`

describe("access", () => {
  it.each(cells)("%s", async (_name, cell) => {
    const { body: sent, query } = cell.route
    const address = addressOf(cell.request, await made(cell.thing, cell.one, cell.visibility), query)
    const { json, status } = await app.call(callers[cell.one], address, sent)
    assert.strictEqual(status, cell.status)
    if (cell.status !== 404) return
    const { requestId, ...body } = json
    assert.match(String(requestId), /^[\w-]+$/)
    assert.deepStrictEqual(body, missingFrom(cell.request))
  })

  it.each(
    Object.entries(plain).flatMap(([request, route]) =>
      who.map((one) => [callerWords[one], route.yes, request, route, one] as const)
    )
  )("%s gets %i from %s", async (_caller, status, request, route, one) => {
    assert.strictEqual((await app.call(callers[one], request, route.body)).status, status)
  })

  it.each(
    Object.entries(ofAdmins).flatMap(([request, route]) =>
      who.map((one) =>
        [callerWords[one], callers[one].role === "admin" ? route.yes : 403, request, route, one] as const
      )
    )
  )("%s gets %i from %s, which is for admins", async (_caller, status, request, route, one) => {
    const answered = await app.call(callers[one], request, bodyOf(route))
    assert.strictEqual(answered.status, status)
    assert.strictEqual(answered.json["code"], status === 403 ? "admins_only" : undefined)
  })

  it.each(
    Object.entries({ ...routes, ...plain, ...ofAdmins }).flatMap(([request, route]) =>
      KeyScope.literals.map((scope) => [scope, scope === route.scope ? route.yes : 403, request, route] as const)
    )
  )("a key with the key scope %s gets %i from %s", async (scope, outcome, request, route) => {
    const { json: key } = await app.call(callers.member, "POST /crm-reports/keys", { name: "script", scopes: [scope] })
    const address = addressOf(request, await made("ownReport", "member", "private"), route.query)
    const { json, status, text } = await app.call(callers.member, address, bodyOf(route), {
      authorization: `Bearer ${String(key["secret"])}`
    })
    assert.strictEqual(status, outcome)
    const code = route.scope === "session" ? "session_required" : "scope_required"
    assert.strictEqual(json["code"], status === 403 ? code : undefined)
    if (scope === "reports:write" || scope === "snapshots:write") {
      assert.notMatch(text, /"(?:layout|widgets|title|description|series|points|stat|contentHash)":/)
    }
  })

  it("a key without reports:read gets 422 for a request that a key with it sent with the same Idempotency-Key", async () => {
    const create = async (scopes: ReadonlyArray<KeyScope>) => {
      const { json: key } = await app.call(callers.member, "POST /crm-reports/keys", { name: "script", scopes })
      const headers = { authorization: `Bearer ${String(key["secret"])}`, "idempotency-key": "one" }
      return (await app.call(callers.member, "POST /crm-reports", { title: "New", layout }, headers)).json
    }
    const first = await create(["reports:read", "reports:write"])
    assert.deepInclude(first, { title: "New" })
    assert.deepStrictEqual(await create(["reports:write", "reports:read"]), first)
    assert.deepInclude(await create(["reports:write"]), { statusCode: 422, code: "idempotency_mismatch" })
  })

  it("the tables in this test contain every route of the API", () => {
    const { paths } = OpenApi.fromApi(Api)
    const all = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`)
    )
    assert.sameMembers(all, [...Object.keys(routes), ...Object.keys(plain), ...Object.keys(ofAdmins), ...open])
  })
})
