import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { serving } from "../bench/Process.ts"
import { temporaryFolder } from "../support/folder.ts"

/** Answers 503 twice, and then 200 with the number of requests. */
const server = `import { createServer } from "node:http"
let asked = 0
createServer((_, response) => {
  asked += 1
  response.writeHead(asked <= 2 ? 503 : 200).end(String(asked))
}).listen(Number(process.env.PORT), "127.0.0.1")`

it.live("a bench waits until its server is ready, and not only until the server answers", () =>
  Effect.gen(function*() {
    const script = join(yield* temporaryFolder, "server.mjs")
    yield* Effect.promise(() => writeFile(script, server))
    const { port } = yield* serving(script, {})
    const asked = yield* Effect.promise(async () => (await fetch(`http://127.0.0.1:${port}`)).text())
    assert.strictEqual(asked, "4")
  }))
