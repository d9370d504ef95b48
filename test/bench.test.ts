import { assert, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { inject } from "vitest"

/** Runs the real command on a tiny seed. */
const run = (script: string, ...args: ReadonlyArray<string>) =>
  promisify(execFile)(process.execPath, [script, ...args], {
    env: { ...process.env, NODE_ENV: "development", DATABASE_URL: inject("serverUrl") }
  })

it("the bench prints its tables after it has checked that both servers give equal answers", async () => {
  const { stdout } = await run("test/bench/bench.ts", "--quick", "--concurrency", "1,4")
  assert.match(stdout, /\| `reply_rate` \| \*\*\d/)
  assert.match(stdout, /\| everyone \(12\) \| 4 \|/)
})

it("the bench refuses an unknown widget and lists the known ones", async () => {
  const refusal = await run("test/bench/bench.ts", "--widgets", "win_rate,nonsense").then(() => undefined, String)
  assert.match(refusal ?? "", /"win_rate,nonsense". Expected: some of [a-z_,]+,win_rate,/)
})
