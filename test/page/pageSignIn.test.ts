import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { request } from "node:http"
import { clerkSettings, makeKeyPair } from "../support/Tokens.ts"
import { pageService } from "./support/PageService.ts"

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" }

const scope = Effect.runSync(Scope.make())
const started = (more: Record<string, string> = {}) =>
  Effect.runPromise(Effect.provideService(pageService(more), Scope.Scope, scope))

afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

interface Answer {
  readonly status: number
  readonly text: string
}

/** Sends a request to the sign-in. `fetch` would not send the headers `Host` and `Origin`. */
const send = (method: string, address: string, headers: Record<string, string>, body: unknown) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(`${address}/app/sign-in`, { method, headers }, (response) => {
      const pieces: Array<Buffer> = []
      response.on("data", (piece: Buffer) => pieces.push(piece))
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }))
    })
    sent.on("error", reject)
    sent.end(typeof body === "string" ? body : JSON.stringify(body))
  })

const signIn = (address: string, headers: Record<string, string> = {}, body: unknown = ana) =>
  send("POST", address, headers, body)

describe("the page's sign-in", () => {
  let address = ""
  beforeAll(async () => {
    address = await started()
  })

  it("the page's sign-in returns a token that the API accepts", async () => {
    const { status, text } = await signIn(address)
    assert.strictEqual(status, 200)
    const { token } = JSON.parse(text)
    const response = await fetch(`${address}/crm-reports`, { headers: { authorization: `Bearer ${token}` } })
    const { results } = JSON.parse(await response.text())
    assert.deepStrictEqual(results.map(({ title }: { readonly title: string }) => title), [
      "Owner's overview",
      "Team board",
      "Pipeline",
      "Activity",
      "On track",
      "Where leads come from"
    ])
  })

  it("the page's sign-in lists the people of the demo organizations", async () => {
    const response = await fetch(`${address}/app/sign-in`)
    const { kind, organizations } = JSON.parse(await response.text())
    assert.deepStrictEqual([kind, organizations.length, organizations[0].people[0].name], [
      "development",
      2,
      "Ana Ferrer"
    ])
  })

  it.each<readonly [string, Record<string, string>]>([
    ["names another host", { host: "crm.example" }],
    ["comes from a page of another origin", { origin: "https://evil.example" }],
    ["comes from another port of this machine", { origin: "http://127.0.0.1:1" }],
    ...[
      "CF-Connecting-IP",
      "Fastly-Client-IP",
      "Fly-Client-IP",
      "Forwarded",
      "Proxy-Connection",
      "True-Client-IP",
      "Via",
      "X-Amzn-Trace-Id",
      "X-Client-IP",
      "X-Cluster-Client-IP",
      "X-Envoy-External-Address",
      "X-Forwarded-For",
      "X-Forwarded-Host",
      "X-Forwarded-Proto",
      "X-Original-Forwarded-For",
      "X-Real-IP"
    ].map((name): readonly [string, Record<string, string>] => [`has the header ${name}`, { [name]: "203.0.113.7" }])
  ])("a sign-in request that %s gets 403, and no list of people", async (_name, headers) => {
    const answers = [await signIn(address, headers), await send("GET", address, headers, "")]
    for (const { status, text } of answers) {
      assert.deepStrictEqual([status, JSON.parse(text).code], [403, "not_local"])
    }
  })

  it.each([["bad JSON", "{"], ["an unknown role", { ...ana, role: "owner" }], ["no user", { ...ana, userId: "" }]])(
    "a sign-in request with %s gets 400",
    async (_name, body) => {
      assert.strictEqual((await signIn(address, {}, body)).status, 400)
    }
  )

  it("a sign-in request gets 404 when Clerk is configured", async () => {
    const clerk = await started({
      NODE_ENV: "production",
      DEVELOPMENT_SIGN_IN: "false",
      ...clerkSettings(makeKeyPair().publicPem)
    })
    const { status, text } = await signIn(clerk)
    assert.deepStrictEqual([status, JSON.parse(text).code], [404, "route_not_found"])
    assert.deepStrictEqual(await (await fetch(`${clerk}/app/sign-in`)).json(), { kind: "clerk", publishableKey: null })
  })
})
