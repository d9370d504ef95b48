import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Stream } from "effect"
import { TestClock } from "effect/testing"
import { auditFile } from "../../../src/services/export/auditFile.ts"
import { caller } from "../../support/TestApp.ts"

const boss = caller("admin", "boss")

/** Imitates a log of three pages. `read` collects the cursor of each page that is read. */
const logOf = (read: Array<string>) => ({
  list: (_caller: unknown, { cursor = "first" }: { readonly cursor?: string }) =>
    Effect.sync(() => {
      read.push(cursor)
      return { results: [], next: { first: "second", second: "third" }[cursor] ?? null }
    })
})

/** Before the second page, `change` runs. Returns the end and the pages that were read. */
const endOf = Effect.fnUntraced(function*<E>(
  check: Effect.Effect<typeof boss, E>,
  expiresAt: number | undefined,
  change: Effect.Effect<unknown> = Effect.void
) {
  const read: Array<string> = []
  const file = yield* auditFile(logOf(read), { caller: boss, check, expiresAt }, {})
  let parts = 0
  const end = yield* Effect.exit(
    Stream.runForEachArray(file, () => Effect.suspend(() => (parts += 1) === 2 ? change : Effect.void))
  )
  return [end, read] as const
})

const all = ["first", "second", "third"]

describe("access to later pages of the file of the audit log", () => {
  it.effect("a file goes on for five minutes although its session token expires, and then ends", () =>
    Effect.gen(function*() {
      const check = Effect.fail("expired")
      assert.deepStrictEqual(yield* endOf(check, 60_000, TestClock.adjust("299 seconds")), [Exit.void, all])
      assert.deepStrictEqual(yield* endOf(check, 60_000, TestClock.adjust("301 seconds")), [
        Exit.fail("expired"),
        ["first"]
      ])
    }))

  it.effect("without a session token, each later page checks the credential", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* endOf(Effect.succeed(boss), undefined), [Exit.void, all])
      assert.deepStrictEqual(yield* endOf(Effect.fail("refused"), undefined), [Exit.fail("refused"), ["first"]])
    }))
})
