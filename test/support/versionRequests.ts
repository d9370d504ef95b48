import { assert } from "@effect/vitest"
import type { Caller } from "../../src/domain/Caller.ts"
import { caller } from "./TestApp.ts"
import type { WebApp } from "./WebApp.ts"

export const owner = caller("member", "olga", "org_a")
export const colleague = caller("member", "carl", "org_a")
export const admin = caller("admin", "ana", "org_a")
export const stranger = caller("admin", "boris", "org_b")

export const widget = (instanceId: string, more: object = {}) => ({
  instanceId,
  metricId: "leads.total",
  chart: "stat",
  x: 0,
  y: 0,
  w: 3,
  h: 2,
  ...more
})
export const first = {
  title: "First",
  visibility: "organization",
  layout: { widgets: [widget("a"), widget("b")] }
}

type Answer = Awaited<ReturnType<WebApp["call"]>>

export const refusal = ({ json, status }: Answer) => [status, json["code"]]
export const rowsOf = ({ json }: Answer) => Array.isArray(json["results"]) ? json["results"] : assert.fail("no results")
export const numbersOf = (answer: Answer) => rowsOf(answer).map(({ version }) => version)

export const noWidgets = { added: [], removed: [], changed: [], moved: [] }

/** Requests about the versions of a report, which the owner sends unless another caller is named. */
export const versionRequests = (app: () => WebApp) => {
  const list = (id: string, who: Caller = owner, query = "") =>
    app().call(who, `GET /crm-reports/${id}/versions${query}`)
  return {
    list,
    create: async (body: object = first, who: Caller = owner) =>
      String((await app().call(who, "POST /crm-reports", body)).json["id"]),
    change: async (id: string, body: object, who: Caller = owner) => {
      const answer = await app().call(who, `PATCH /crm-reports/${id}`, body)
      assert.strictEqual(answer.status, 200, answer.text)
    },
    read: (id: string, version: unknown, who: Caller = owner) =>
      app().call(who, `GET /crm-reports/${id}/versions/${String(version)}`),
    restore: (id: string, version: unknown, who: Caller = owner, headers: Record<string, string> = {}) =>
      app().call(who, `POST /crm-reports/${id}/versions/${String(version)}/restore`, undefined, headers),
    newest: async (id: string, who: Caller = owner) => rowsOf(await list(id, who))[0]
  }
}
