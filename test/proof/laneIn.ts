import { Data, Effect } from "effect"
import { fork } from "node:child_process"
import { join } from "node:path"
import { ended } from "../support/ended.ts"
import type { Outcome, Trial } from "./Trial.ts"

class LaneEnded extends Data.TaggedError("LaneEnded")<{}> {}

/** Runs `lane.ts` in a copy of the project. Its process group includes the processes that the tests start. */
const forked = (folder: string, env: NodeJS.ProcessEnv) =>
  fork(join(import.meta.dirname, "lane.ts"), {
    cwd: folder,
    detached: true,
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"]
  })

export const laneIn = (folder: string, env: NodeJS.ProcessEnv) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => forked(folder, env)),
      (child) =>
        Effect.gen(function*() {
          if (child.connected) child.disconnect()
          yield* Effect.ignore(Effect.timeout(Effect.promise(() => ended(child)), "10 seconds"))
          const { pid } = child
          if (pid !== undefined) yield* Effect.ignore(Effect.try(() => process.kill(-pid, "SIGKILL")))
        })
    ),
    (child) => ({
      tried: (trial: Trial) =>
        Effect.callback<Outcome, LaneEnded>((resume) => {
          const finish = (outcome: Effect.Effect<Outcome, LaneEnded>) => {
            forget()
            resume(outcome)
          }
          const onMessage = (outcome: Outcome) => finish(Effect.succeed(outcome))
          const onExit = () => finish(Effect.fail(new LaneEnded()))
          const forget = () => child.off("message", onMessage).off("exit", onExit)
          child.once("message", onMessage).once("exit", onExit)
          if (child.connected) child.send(trial)
          else onExit()
          return Effect.sync(forget)
        })
    })
  )
