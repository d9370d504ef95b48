import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { supportedNode } from "../src/commands/supportedNode.ts"

it.effect.each(["18.20.0", "20.20.2", "22.9.0", "22.20.1"])(
  "Node %s is too old, in one line",
  (version) =>
    Effect.gen(function*() {
      const refusal = yield* Effect.flip(supportedNode(version))
      assert.match(refusal.message, new RegExp(`^Node 22.21 or later is needed; this is ${version}`))
    })
)

it.effect.each(["22.21.0", "22.22.1", "24.0.0", "26.1.0"])("Node %s will do", (version) =>
  Effect.gen(function*() {
    assert.isTrue(Exit.isSuccess(yield* Effect.exit(supportedNode(version))))
  }))
