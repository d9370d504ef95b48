import { Effect } from "effect"
import type { Refusal } from "../../domain/AgentAnswer.ts"

/** The limit is low, because an agent gets each answer twice: as text and as JSON. */
export const maxAnswerBytes = 10_000

export const isSmall = (answer: unknown): boolean => Buffer.byteLength(JSON.stringify(answer)) <= maxAnswerBytes

export const smallAnswer = <A>(answer: A, hint: string): Effect.Effect<A, Refusal> =>
  isSmall(answer)
    ? Effect.succeed(answer)
    : Effect.fail({ code: "answer_too_large", message: `The answer is too large. ${hint}` })

export const fitting = <A>(items: ReadonlyArray<A>, most: number): ReadonlyArray<A> => {
  const taken = items.slice(0, most)
  return taken.length === 0 || isSmall({ taken, reserve: "x".repeat(100) }) ? taken : fitting(items, taken.length - 1)
}
