import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { Effect, Exit, Scope } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { pageService } from "./support/PageService.ts"

const scope = Effect.runSync(Scope.make())

afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

const root = join(import.meta.dirname, "../../dist/page")

it("the scripts and styles of the page's first load are at most 330 kB in gzip", () => {
  const html = readFileSync(join(root, "index.html"), "utf8")
  const files = [...html.matchAll(/(?:src|href)="\/app\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = ""]) => file)
  const sizes = files.map((file) => gzipSync(readFileSync(join(root, file)), { level: 9 }).length)
  assert.isAtLeast(files.length, 4)
  assert.isAtMost(sizes.reduce((total, size) => total + size, 0), 330_000)
})

describe("the page", () => {
  let address = ""
  beforeAll(async () => {
    address = await Effect.runPromise(Effect.provideService(pageService(), Scope.Scope, scope))
  })

  it("the address / leads to a page whose Content-Security-Policy allows no inline script or style", async () => {
    const response = await fetch(address)
    const policy = response.headers.get("content-security-policy") ?? ""
    assert.match(response.url, /\/app\/$/)
    assert.include(policy, "default-src 'none'; script-src 'self'; style-src 'self'")
    assert.notInclude(policy, "unsafe")
    assert.strictEqual(response.headers.get("cache-control"), "no-cache")
  })

  it("the page is revalidated by its ETag, and its assets are cached for a year", async () => {
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
    "GET %s gets 404 with a JSON body",
    async (path) => {
      const response = await fetch(`${address}${path}`)
      assert.strictEqual(response.status, 404)
      assert.strictEqual(JSON.parse(await response.text()).code, "route_not_found")
    }
  )
})
