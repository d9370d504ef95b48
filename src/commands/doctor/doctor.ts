import { Console, Data, Effect } from "effect"
import { Command } from "effect/cli"
import { counted } from "../../domain/counted.ts"
import { diagnosis } from "./diagnosis.ts"

class ProblemsFound extends Data.TaggedError("ProblemsFound")<{ readonly count: number }> {
  override get message() {
    return `${counted(this.count, "problem", "problems")} found`
  }
}

export const doctor = Command.make(
  "doctor",
  {},
  Effect.fnUntraced(function*() {
    const findings = yield* diagnosis
    yield* Effect.forEach(findings, ({ kind, text }) => Console.log(`${kind.padEnd(7)}  ${text}`), { discard: true })
    const count = findings.filter(({ kind }) => kind === "problem").length
    if (count > 0) return yield* new ProblemsFound({ count })
  })
).pipe(
  Command.withDescription(
    "Check the settings, the ports, the database, the sign-in and the installation, and say what to do"
  )
)
