import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { readFileSync } from "node:fs"
import { request } from "node:http"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { pageService } from "./page/support/PageService.ts"
import { issuer, makeKeyPair, party } from "./support/Tokens.ts"

const ana = { organizationId: "org_demo", userId: "user_ana", role: "admin" }

const scope = Effect.runSync(Scope.make())
const started = (more: Record<string, string> = {}) =>
  Effect.runPromise(Effect.provideService(pageService(more), Scope.Scope, scope))

afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

interface Answer {
  readonly status: number
  readonly text: string
}

/** `fetch` sends no host and origin of one's choice. */
const signIn = (address: string, headers: Record<string, string> = {}, body: unknown = ana) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(`${address}/app/sign-in`, { method: "POST", headers }, (response) => {
      const pieces: Array<Buffer> = []
      response.on("data", (piece: Buffer) => pieces.push(piece))
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString() }))
    })
    sent.on("error", reject)
    sent.end(typeof body === "string" ? body : JSON.stringify(body))
  })

describe("the page's sign-in", () => {
  let address = ""
  beforeAll(async () => {
    address = await started()
  })

  it("the page's sign-in gives a program on this machine a token that the API accepts", async () => {
    const { status, text } = await signIn(address)
    assert.strictEqual(status, 200)
    const { token } = JSON.parse(text)
    const response = await fetch(`${address}/crm-reports`, { headers: { authorization: `Bearer ${token}` } })
    const { results } = JSON.parse(await response.text())
    assert.deepStrictEqual(results.map(({ title }: { readonly title: string }) => title), [
      "Owner's overview",
      "Team board",
      "Pipeline",
      "Activity"
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
    ["was forwarded by a proxy", { "x-forwarded-for": "203.0.113.7" }],
    ["was forwarded, in the standard header", { forwarded: "for=203.0.113.7" }]
  ])("refuses a request that %s", async (_name, headers) => {
    const { status, text } = await signIn(address, headers)
    assert.deepStrictEqual([status, JSON.parse(text).code], [403, "not_local"])
  })

  it.each([["no JSON", "{"], ["no role", { ...ana, role: "owner" }], ["no person", { ...ana, userId: "" }]])(
    "refuses %s",
    async (_name, body) => {
      assert.strictEqual((await signIn(address, {}, body)).status, 400)
    }
  )

  it("the page's sign-in does not exist when Clerk is configured", async () => {
    const clerk = await started({
      NODE_ENV: "production",
      DEVELOPMENT_SIGN_IN: "false",
      CLERK_JWT_KEY: makeKeyPair().publicPem,
      CLERK_ISSUER: issuer,
      CLERK_AUTHORIZED_PARTIES: party
    })
    const { status, text } = await signIn(clerk)
    assert.deepStrictEqual([status, JSON.parse(text).code], [404, "route_not_found"])
    assert.deepStrictEqual(await (await fetch(`${clerk}/app/sign-in`)).json(), { kind: "external" })
  })
})

const root = join(import.meta.dirname, "../dist/page")

it("the scripts and styles of the page have at most 330 kB in gzip", () => {
  const document = readFileSync(join(root, "index.html"), "utf8")
  const files = [...document.matchAll(/(?:src|href)="\/app\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = ""]) =>
    file
  )
  const sizes = files.map((file) => gzipSync(readFileSync(join(root, file))).length)
  assert.isAbove(files.length, 3)
  assert.isAtMost(sizes.reduce((total, size) => total + size, 0), 330_000)
})

describe("the page", () => {
  let address = ""
  beforeAll(async () => {
    address = await started()
  })

  it("a browser at / is redirected to the page, which allows no inline script or style", async () => {
    const response = await fetch(address)
    const policy = response.headers.get("content-security-policy") ?? ""
    assert.match(response.url, /\/app\/$/)
    assert.include(policy, "default-src 'none'; script-src 'self'; style-src 'self'")
    assert.notInclude(policy, "unsafe")
    assert.strictEqual(response.headers.get("cache-control"), "no-cache")
  })

  it("the page has an ETag, and its assets are immutable and compressed", async () => {
    const page = await fetch(`${address}/app/`)
    const etag = page.headers.get("etag") ?? ""
    const again = await fetch(`${address}/app/`, { headers: { "if-none-match": etag } })
    assert.strictEqual(again.status, 304)
    const [, script = ""] = /src="(\/app\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? []
    const asset = await fetch(`${address}${script}`, { headers: { "accept-encoding": "br" } })
    assert.strictEqual(asset.headers.get("cache-control"), "public, max-age=31536000, immutable")
    assert.strictEqual(asset.headers.get("content-encoding"), "br")
    assert.strictEqual(asset.headers.get("content-type"), "text/javascript; charset=utf-8")
  })

  it.each(["/app/assets/none.js", "/app/assets/..%2findex.html", "/nothing"])(
    "GET %s gives 404 in JSON",
    async (path) => {
      const response = await fetch(`${address}${path}`)
      assert.strictEqual(response.status, 404)
      assert.strictEqual(JSON.parse(await response.text()).code, "route_not_found")
    }
  )
})
