import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { chmod, mkdir } from "node:fs/promises"
import { join } from "node:path"
import { launcher, runProcess } from "../support/commandLine.ts"
import { temporaryFolder } from "../support/folder.ts"
import { isRoot, unprivileged } from "../support/unprivileged.ts"

/** Is false if the project is in the home folder of root, which other users cannot read. */
const canRead = spawnSync(process.execPath, ["--check", launcher], unprivileged()).status === 0

const firstFreePort = () => {
  const file = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : 1024
}

const skippedWhen = (isSkipped: boolean, reason: string) => {
  if (isSkipped) process.stderr.write(`Tests of wrong use by an unprivileged user are skipped: ${reason}.\n`)
  return isSkipped
}

const started = (env: Record<string, string>, cwd: string) =>
  runProcess([], { HOST: "127.0.0.1", PORT: "0", ...env }, { ...unprivileged(), cwd })

/** Creates a folder that everybody may enter and only its owner may write. */
const openFolder = Effect.tap(temporaryFolder, (folder) => Effect.promise(() => chmod(folder, 0o755)))

const unreadable = skippedWhen(!canRead, "that user cannot read the project")

describe.skipIf(unreadable)("the start by an unprivileged user", () => {
  it.live("a start in a read-only folder fails and names DATA_FOLDER", () =>
    Effect.gen(function*() {
      const folder = yield* openFolder
      yield* Effect.promise(() => chmod(folder, 0o555))
      const { code, err } = yield* started({}, folder)
      assert.strictEqual(code, 1)
      assert.match(
        err,
        /^crm-reports: DATA_FOLDER \.data cannot be written \(EACCES[^\n]+\): set DATA_FOLDER to [^\n]+\n$/
      )
    }))

  it.live.skipIf(skippedWhen(!isRoot, "only root can create a folder of another user"))(
    "a start with a DATA_FOLDER of another user fails and names DATA_FOLDER",
    () =>
      Effect.gen(function*() {
        const folder = yield* openFolder
        const DATA_FOLDER = join(folder, "data")
        yield* Effect.promise(() => mkdir(DATA_FOLDER, { mode: 0o755 }))
        const { code, err } = yield* started({ DATA_FOLDER }, folder)
        assert.strictEqual(code, 1)
        assert.match(
          err,
          /^crm-reports: DATA_FOLDER \S+ cannot be written \(EACCES[^\n]+\): set DATA_FOLDER to [^\n]+\n$/
        )
      })
  )

  it.live.skipIf(skippedWhen(firstFreePort() <= 80, "this machine lets every user listen on port 80"))(
    "a start on port 80 by an unprivileged user fails and suggests ports from 1024 on",
    () =>
      Effect.gen(function*() {
        const folder = yield* openFolder
        const DATA_FOLDER = join(folder, "data")
        const { code, err } = yield* started({ DATA_FOLDER, PORT: "80" }, folder)
        assert.strictEqual(code, 1)
        assert.match(
          err,
          /^crm-reports: this user may not listen on port 80: set PORT to a number from 1024, [^\n]+\n$/
        )
        assert.isFalse(existsSync(DATA_FOLDER))
      })
  )
})
