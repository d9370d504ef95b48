import { Effect } from "effect"
import type { Refusal } from "../../domain/AgentAnswer.ts"

/** An answer is sent twice, as text and as JSON: at most 20,000 bytes, so at most 20,000 tokens. */
export const maxAnswerBytes = 10_000

export const isSmall = (answer: unknown): boolean => Buffer.byteLength(JSON.stringify(answer)) <= maxAnswerBytes

/** The hint tells how to ask for less. */
export const smallAnswer = <A>(answer: A, hint: string): Effect.Effect<A, Refusal> =>
  isSmall(answer)
    ? Effect.succeed(answer)
    : Effect.fail({ code: "answer_too_large", message: `The answer is too large. ${hint}` })

/** Returns the first items, as many as fit into a small answer. */
export const fitting = <A>(items: ReadonlyArray<A>, most: number): ReadonlyArray<A> => {
  const taken = items.slice(0, most)
  return taken.length === 0 || isSmall({ taken, reserve: "x".repeat(100) }) ? taken : fitting(items, taken.length - 1)
}
