import { Context, Effect, identity } from "effect"
import type { Statement } from "../query/compile/Statement.ts"

export type Rows = ReadonlyArray<object>

/** A question about the organization `$1`, with the columns of a tally and `ridersBucket` for the bucket. */
export interface Rider {
  readonly textAt: (place: string) => string
  readonly param: ReadonlyArray<string>
}

/** No tally has it. */
export const ridersBucket = -1

/** The same statement, which also answers the rider. */
export const together = ({ params, text }: Statement, { param, textAt }: Rider): Statement => ({
  text: `(\n${text}\n) UNION ALL (\n${textAt(`$${params.length + 1}`)}\n)`,
  params: [...params, param]
})

/** What is sent, and what of the rows that come back is for the sender. */
interface Sent extends Statement {
  readonly heard: (rows: Rows) => Rows
}

const alone = (statement: Statement): Sent => ({ ...statement, heard: identity })

/** How a statement for tallies is sent. */
export const Departure = Context.Reference<(statement: Statement) => Sent>("crm-reports/services/Departure", {
  defaultValue: () => alone
})

const isRiders = (row: object) => "bucket" in row && row.bucket === ridersBucket

/**
 * The first statement of the work takes the rider along, so that both are of one moment and cost one way. Gives the
 * rider's rows beside what was done; none if nothing was sent, or not answered.
 */
export const riding = (rider: Rider) => <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    let isWaiting = true
    let answer: Rows = []
    const depart = (statement: Statement): Sent => {
      if (!isWaiting) return alone(statement)
      isWaiting = false
      const heard = (rows: Rows) => {
        answer = rows.filter(isRiders)
        return rows.filter((row) => !isRiders(row))
      }
      return { ...together(statement, rider), heard }
    }
    return Effect.map(Effect.provideService(work, Departure, depart), (done) => ({ done, answer }))
  })
