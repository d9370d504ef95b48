import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { request } from "node:http"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { listenProbe, type Probe, settingsFor } from "./support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "./support/Tokens.ts"

const key = makeKeyPair()
let probe: Probe & { readonly port: number }
beforeAll(async () => {
  probe = await listenProbe(settingsFor(key.publicPem))
})
afterAll(() => probe.close())

const bodyOf = (length: number) => JSON.stringify({ layout: { widgets: [] }, kept: "x".repeat(length) })
const large = bodyOf(5_000)

interface Raw {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | Array<string>>
  readonly bytes: Buffer
}

/** What really came over the wire: `fetch` would undo the encoding. */
const ask = (method: string, path: string, acceptEncoding: string | undefined, body?: string): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${sign(key, claims())}`,
      ...(acceptEncoding === undefined ? {} : { "accept-encoding": acceptEncoding }),
      ...(body === undefined ? {} : { "content-type": "application/json" })
    }
    const asked = request({ port: probe.port, host: "127.0.0.1", method, path, headers }, (response) => {
      const heard: Array<Buffer> = []
      response.on("data", (chunk: Buffer) => heard.push(chunk))
      response.on(
        "end",
        () => resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(heard) })
      )
    })
    asked.on("error", reject).end(body)
  })

const keep = (acceptEncoding: string | undefined, body = large) =>
  ask("POST", "/crm-reports/layouts", acceptEncoding, body)

const varies = ({ headers }: Raw) => String(headers["vary"]).toLowerCase().split(", ").includes("accept-encoding")

describe("an answer above 1 KiB", () => {
  it.each([
    ["gzip", "gzip", gunzipSync],
    ["br", "br", brotliDecompressSync],
    ["gzip, deflate, br", "br", brotliDecompressSync],
    ["gzip;q=1.0, br;q=0", "gzip", gunzipSync],
    ["*", "br", brotliDecompressSync]
  ])("to a client that accepts %s is in %s", async (accepted, encoding, decode) => {
    const answer = await keep(accepted)
    assert.strictEqual(answer.headers["content-encoding"], encoding)
    assert.strictEqual(Number(answer.headers["content-length"]), answer.bytes.length)
    assert.isTrue(varies(answer))
    assert.isBelow(answer.bytes.length, 500)
    assert.deepStrictEqual(JSON.parse(decode(answer.bytes).toString()), JSON.parse(large))
  })

  it.each([undefined, "", "identity", "deflate", "zstd", "gzip;q=0", "br;q=2", "no such thing at all;;"])(
    "to a client that accepts %s is as it is",
    async (accepted) => {
      const answer = await keep(accepted)
      assert.isUndefined(answer.headers["content-encoding"])
      assert.isTrue(varies(answer))
      assert.strictEqual(answer.bytes.length, Number(answer.headers["content-length"]))
    }
  )
})

describe("what does not shrink", () => {
  it("a short answer stays as it is", async () => {
    const answer = await keep("br", bodyOf(100))
    assert.isUndefined(answer.headers["content-encoding"])
    assert.isTrue(varies(answer))
  })

  it("an answer without a body has no encoding", async () => {
    const answer = await ask("OPTIONS", "/crm-reports/layouts", "br")
    assert.strictEqual(answer.status, 204)
    assert.isUndefined(answer.headers["content-encoding"])
  })

  it("HEAD has the headers of GET and no body", async () => {
    const answer = await ask("HEAD", "/crm-reports/caller", "br")
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(answer.bytes.length, 0)
    assert.isAbove(Number(answer.headers["content-length"]), 0)
  })
})
