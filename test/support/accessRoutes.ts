import type { KeyScope } from "../../src/domain/ApiKey.ts"
import { layout } from "../conformance/people.ts"
import { changing, ofKey, ofMaker, ofSnapshot, ofSubscription, ofTarget, reading, type Rules } from "./accessRules.ts"

export const keyBody = { name: "script", scopes: ["reports:read"] }
export const scheduleBody = { every: "day", at: "07:00" }

/** In these tests, every person is a member of the organization. */
export const subscriptionBody = { ...scheduleBody, to: ["ana"], channel: "email", format: "pdf" }

export interface Route {
  readonly yes: number
  /** A key needs this key scope for the route. `session` means that the route accepts no key. */
  readonly scope: KeyScope | "session"
  readonly rules: Rules
  readonly body?: unknown
  readonly query?: string
}

/** These routes have an id in the path. The field `rules` contains the status for each caller. */
export const routes: { readonly [request: string]: Route } = {
  "GET /crm-reports/{id}": { yes: 200, scope: "reports:read", rules: reading },
  "PATCH /crm-reports/{id}": { yes: 200, scope: "reports:write", rules: changing, body: { title: "Changed" } },
  "DELETE /crm-reports/{id}": { yes: 204, scope: "reports:write", rules: changing },
  "GET /crm-reports/{id}/versions": { yes: 200, scope: "reports:read", rules: reading },
  "GET /crm-reports/{id}/versions/{version}": { yes: 200, scope: "reports:read", rules: reading },
  "POST /crm-reports/{id}/versions/{version}/restore": { yes: 200, scope: "reports:write", rules: changing },
  "POST /crm-reports/{id}/snapshots": { yes: 201, scope: "snapshots:write", rules: reading, body: {} },
  "POST /crm-reports/{id}/run": { yes: 200, scope: "reports:read", rules: reading, body: {} },
  "GET /crm-reports/{id}/export": { yes: 200, scope: "reports:read", rules: reading, query: "?format=csv" },
  "GET /crm-reports/{id}/history": { yes: 200, scope: "reports:read", rules: reading, query: "?instanceId=a" },
  "GET /crm-reports/{id}/freezing": { yes: 200, scope: "reports:read", rules: changing },
  "PUT /crm-reports/{id}/freezing": { yes: 200, scope: "session", rules: changing, body: scheduleBody },
  "DELETE /crm-reports/{id}/freezing": { yes: 204, scope: "session", rules: changing },
  "GET /crm-reports/{id}/snapshots": { yes: 200, scope: "reports:read", rules: reading },
  "GET /crm-reports/snapshots/{snapshotId}": { yes: 200, scope: "reports:read", rules: ofSnapshot },
  "GET /crm-reports/snapshots/{snapshotId}/export": {
    yes: 200,
    scope: "reports:read",
    rules: ofSnapshot,
    query: "?format=csv"
  },
  "GET /crm-reports/snapshots/{snapshotId}/compare": {
    yes: 200,
    scope: "reports:read",
    rules: ofSnapshot,
    query: "?with=live"
  },
  "DELETE /crm-reports/snapshots/{snapshotId}": { yes: 204, scope: "snapshots:write", rules: ofSnapshot },
  "POST /crm-reports/snapshots/{snapshotId}/renew": { yes: 200, scope: "snapshots:write", rules: ofSnapshot },
  "POST /crm-reports/{id}/subscriptions": { yes: 201, scope: "session", rules: reading, body: subscriptionBody },
  "GET /crm-reports/{id}/subscriptions": { yes: 200, scope: "reports:read", rules: reading },
  "GET /crm-reports/subscriptions/{subscriptionId}": { yes: 200, scope: "reports:read", rules: ofSubscription },
  "PATCH /crm-reports/subscriptions/{subscriptionId}": {
    yes: 200,
    scope: "session",
    rules: ofSubscription,
    body: { at: "08:00" }
  },
  "POST /crm-reports/subscriptions/{subscriptionId}/test": { yes: 202, scope: "session", rules: ofSubscription },
  "DELETE /crm-reports/subscriptions/{subscriptionId}": { yes: 204, scope: "session", rules: ofSubscription },
  "POST /crm-reports/snapshots/{snapshotId}/share": {
    yes: 200,
    scope: "session",
    rules: ofMaker,
    body: { organization: true }
  },
  "DELETE /crm-reports/snapshots/{snapshotId}/share": { yes: 204, scope: "session", rules: ofSnapshot },
  "DELETE /crm-reports/keys/{keyId}": { yes: 204, scope: "session", rules: ofKey },
  "PATCH /crm-reports/targets/{targetId}": {
    yes: 200,
    scope: "session",
    rules: ofTarget,
    body: { values: { "2026-10": 7 } }
  },
  "DELETE /crm-reports/targets/{targetId}": { yes: 204, scope: "session", rules: ofTarget }
}

export const targetBody = () => ({
  metricId: "leads.total",
  filters: { source: crypto.randomUUID() },
  for: "organization",
  period: "month",
  values: { "2026-10": 5 }
})

/** Any signed-in caller may use these routes. */
export const plain: { readonly [request: string]: Omit<Route, "rules"> } = {
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
  "GET /crm-reports/readers": { yes: 200, scope: "reports:read" },
  "GET /crm-reports/settings/stage-weights": { yes: 200, scope: "reports:read" },
  "GET /crm-reports/targets": { yes: 200, scope: "reports:read" },
  "POST /crm-reports/design": { yes: 200, scope: "design", body: { prompt: "new leads by source" } },
  "POST /crm-reports/keys": { yes: 201, scope: "session", body: keyBody },
  "GET /crm-reports/keys": { yes: 200, scope: "session" }
}

/** Only admins may use these routes. A member gets 403. */
export const ofAdmins: { readonly [request: string]: Omit<Route, "rules"> } = {
  "PUT /crm-reports/settings/stage-weights": { yes: 200, scope: "session", body: { offer: 60 } },
  "POST /crm-reports/targets": { yes: 201, scope: "session", body: targetBody },
  "GET /crm-reports/audit": { yes: 200, scope: "session" }
}

export const bodyOf = ({ body }: Omit<Route, "rules">): unknown => typeof body === "function" ? body() : body
