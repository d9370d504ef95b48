import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { request } from "node:http"
import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { listenProbe, type Probe, settingsFor } from "../support/ProbeServer.ts"
import { claims, makeKeyPair, sign } from "../support/Tokens.ts"

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

/** Returns the body as the service encoded it. `fetch` would decode the body. */
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

describe("a response above 1 KiB", () => {
  it.each([
    ["gzip", "gzip", gunzipSync],
    ["br", "br", brotliDecompressSync],
    ["gzip, deflate, br", "br", brotliDecompressSync],
    ["gzip;q=1.0, br;q=0", "gzip", gunzipSync],
    ["*", "br", brotliDecompressSync]
  ])("a response above 1 KiB for Accept-Encoding: %s is encoded as %s", async (accepted, encoding, decode) => {
    const answer = await keep(accepted)
    assert.strictEqual(answer.headers["content-encoding"], encoding)
    assert.strictEqual(Number(answer.headers["content-length"]), answer.bytes.length)
    assert.isTrue(varies(answer))
    assert.isBelow(answer.bytes.length, 500)
    assert.deepStrictEqual(JSON.parse(decode(answer.bytes).toString()), JSON.parse(large))
  })

  it.each([
    ["no Accept-Encoding", undefined],
    ["an empty Accept-Encoding", ""],
    ["Accept-Encoding: identity", "identity"],
    ["Accept-Encoding: deflate", "deflate"],
    ["Accept-Encoding: zstd", "zstd"],
    ["Accept-Encoding: gzip;q=0", "gzip;q=0"],
    ["Accept-Encoding: br;q=2", "br;q=2"],
    ["an invalid Accept-Encoding", "an invalid header;;"]
  ])(
    "a response above 1 KiB for a request with %s is not encoded",
    async (_name, accepted) => {
      const answer = await keep(accepted)
      assert.isUndefined(answer.headers["content-encoding"])
      assert.isTrue(varies(answer))
      assert.strictEqual(answer.bytes.length, Number(answer.headers["content-length"]))
    }
  )
})

describe("responses without compression", () => {
  it("a short response is not encoded", async () => {
    const answer = await keep("br", bodyOf(100))
    assert.isUndefined(answer.headers["content-encoding"])
    assert.isTrue(varies(answer))
  })

  it("a response without a body has no Content-Encoding", async () => {
    const answer = await ask("OPTIONS", "/crm-reports/layouts", "br")
    assert.strictEqual(answer.status, 204)
    assert.isUndefined(answer.headers["content-encoding"])
  })

  it("HEAD gives the headers of GET and no body", async () => {
    const answer = await ask("HEAD", "/crm-reports/caller", "br")
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(answer.bytes.length, 0)
    assert.isAbove(Number(answer.headers["content-length"]), 0)
  })
})
