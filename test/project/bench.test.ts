import { assert, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { inject } from "vitest"
import { isFull } from "../proof/storesFor.ts"

const run = (script: string, ...args: ReadonlyArray<string>) =>
  promisify(execFile)(process.execPath, [script, ...args], {
    env: { ...process.env, NODE_ENV: "development", DATABASE_URL: inject("serverUrl") }
  })

it.runIf(isFull)(
  "bench.ts --quick --writer prints the times of widgets, reports, freezes and loading",
  async () => {
    const { stdout } = await run("test/bench/bench.ts", "--quick", "--writer", "50", "--concurrency", "1,4")
    assert.include(stdout, "50 rows a second were written")
    assert.match(stdout, /The replica was loaded in \d/)
    assert.match(stdout, /\| `reply_rate` \| \*\*\d/)
    assert.match(stdout, /\| everyone \(12\) \| 4 \|/)
    assert.match(stdout, /Freezes.*\n\n.*\n.*\n\| everyone/)
  }
)

it("bench.ts refuses an unknown widget and lists the known ones", async () => {
  const refusal = await run("test/bench/bench.ts", "--widgets", "win_rate,nonsense").then(() => undefined, String)
  assert.match(refusal ?? "", /"win_rate,nonsense". Expected: some of [a-z_,]+,win_rate,/)
})
