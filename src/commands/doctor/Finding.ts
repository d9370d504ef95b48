import { Effect } from "effect"
import { sentencesOf } from "../cli.ts"

/** With a `problem`, the service does not start or answers wrongly. With `advice`, it works. */
export interface Finding {
  readonly kind: "ok" | "advice" | "problem"
  readonly text: string
}

export type Findings = ReadonlyArray<Finding>

export const ok = (text: string): Finding => ({ kind: "ok", text })
export const advice = (text: string): Finding => ({ kind: "advice", text })
export const problem = (text: string): Finding => ({ kind: "problem", text })

export const problemsIn = (error: unknown): Findings => sentencesOf(error).map(problem)

export const diagnosed = <E, R>(check: Effect.Effect<Findings, E, R>) =>
  Effect.catch(check, (error) => Effect.succeed(problemsIn(error)))
