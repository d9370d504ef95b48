import { Context, Effect, Fiber } from "effect"
import { memoize } from "effect/Function"
import { type BoundedCache, boundedCache } from "../../domain/boundedCache.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { lines, type Statement } from "../../query/sql/Statement.ts"

/** A question about an organization and some of its people that one text answers. */
export interface Rider {
  readonly organizationId: string
  /** SQL for `answer`: `$1` is the organization, the place has the people. */
  readonly textAt: (place: string) => string
  readonly people: string | ReadonlyArray<string>
}

const mostTexts = 1_000

const textsWith = memoize<Rider["textAt"], BoundedCache<string, string>>(() => boundedCache(mostTexts))

/** A statement that answers the rider too, by a line more. */
export const together = ({ params, text }: Statement, { people, textAt }: Rider): Statement => {
  const texts = textsWith(textAt)
  const both = () =>
    lines("SELECT t.*, q.answer FROM (", text, ") t FULL JOIN (", textAt(`$${params.length + 1}`), ") q ON false")
  return { text: texts.get(text) ?? texts.set(text, both()), params: [...params, people] }
}

type Rows = ReadonlyArray<object>
type Asked<A> = Effect.Effect<A, Unreachable>
type Send = (statement: Statement) => Asked<Rows>

/** How a statement of a run is sent. */
export const Sending = Context.Reference<(send: Send) => Send>("crm-reports/services/Sending", {
  defaultValue: () => (send) => send
})

/** Sends a statement as the run has it sent. */
export const asking = (send: Send): Send => (statement) =>
  Effect.contextWith((context: Context.Context<never>) => Context.get(context, Sending)(send)(statement))

const answerIn = (row: object): unknown => "answer" in row ? row.answer : null

/**
 * The first statement of the work takes the rider along, so that both are of one moment and cost one way. Where it does
 * not arrive it is asked alone, beside what is left of the work.
 */
export const riding = (rider: Rider, askAlone: Asked<string>) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    let isWaiting = true
    let isOver = false
    let answer = askAlone
    let beside: Fiber.Fiber<unknown> | undefined
    const askBeside = Effect.suspend(() =>
      isOver ? Effect.void : Effect.map(Effect.forkDetach(Effect.exit(askAlone)), (fiber) => {
        beside = fiber
        answer = Effect.flatten(Fiber.join(fiber))
      })
    )
    const sending = (send: Send): Send => (statement) => {
      if (!isWaiting || statement.params[0] !== rider.organizationId) return send(statement)
      isWaiting = false
      return send(together(statement, rider)).pipe(
        Effect.map((rows) => {
          const found = rows.find((row) => answerIn(row) !== null)
          if (found !== undefined) answer = Effect.succeed(String(answerIn(found)))
          return rows.filter((row) => row !== found)
        }),
        Effect.onError(() => askBeside)
      )
    }
    return Effect.provideService(work, Sending, sending).pipe(
      Effect.flatMap((done) => Effect.map(answer, (answer) => ({ done, answer }))),
      Effect.onExit(() => {
        isOver = true
        return beside === undefined ? Effect.void : Fiber.interrupt(beside)
      })
    )
  })
