import { Effect, Fiber } from "effect"
import { memoize } from "effect/Function"
import { type BoundedCache, boundedCache } from "../../domain/boundedCache.ts"
import type { AccessVersion } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { lines, type Statement } from "../../query/sql/Statement.ts"
import type { Send } from "../database/statements.ts"

export interface AccessQuery {
  readonly organizationId: string
  /** `people` is the placeholder for the people, such as `$2`. */
  readonly textFor: (people: string) => string
  readonly params: readonly [] | readonly [people: string | ReadonlyArray<string>]
}

const maxTexts = 1_000

const textsFor = memoize<AccessQuery["textFor"], BoundedCache<string, string>>(() => boundedCache(maxTexts))

/** The returned statement has the result of the access query as one extra row. */
export const withAccessQuery = ({ params, text }: Statement, query: AccessQuery): Statement => {
  const { textFor } = query
  const texts = textsFor(textFor)
  const combined = () =>
    lines("SELECT t.*, q.answer FROM (", text, ") t FULL JOIN (", textFor(`$${params.length + 1}`), ") q ON false")
  return { text: texts.get(text) ?? texts.set(text, combined()), params: [...params, ...query.params] }
}

export interface AccessCheck<A> {
  /** The remembered answer is valid as long as the replica has this version. */
  readonly version: AccessVersion | undefined
  /** Uses the remembered answer instead of sending the access query. */
  readonly confirm: Effect.Effect<void>
  /** Sends the access query within the first statement, so that both see the same rows. */
  readonly attachTo: (send: Send) => Send
  readonly answer: Effect.Effect<A, Unreachable>
}

const answerIn = (row: object): unknown => "answer" in row ? row.answer : null

interface Known {
  readonly answer: string
  readonly version: AccessVersion | undefined
}

/** If the statement with the access query fails, `sendAlone` sends the access query again, until the scope closes. */
export const accessCheck = (
  organizationId: string,
  query: () => AccessQuery,
  sendAlone: Effect.Effect<string, Unreachable>,
  known: Known
) =>
  Effect.map(Effect.scope, (scope): AccessCheck<string> => {
    let isAttached = false
    let answer = sendAlone

    const startFallback = Effect.map(Effect.forkIn(Effect.exit(sendAlone), scope), (fiber) => {
      answer = Effect.flatten(Fiber.join(fiber))
    })
    const takeAnswer = (rows: ReadonlyArray<object>) => {
      const answerRow = rows.find((row) => answerIn(row) !== null)
      if (answerRow !== undefined) answer = Effect.succeed(String(answerIn(answerRow)))
      return rows.filter((row) => row !== answerRow)
    }
    return {
      version: known.version,
      confirm: Effect.sync(() => {
        isAttached = true
        answer = Effect.succeed(known.answer)
      }),
      attachTo: (send) => (statement) => {
        if (isAttached || statement.params[0] !== organizationId) return send(statement)
        isAttached = true
        return send(withAccessQuery(statement, query())).pipe(
          Effect.map(takeAnswer),
          Effect.onError(() => startFallback)
        )
      },
      answer: Effect.suspend(() => answer)
    }
  })
