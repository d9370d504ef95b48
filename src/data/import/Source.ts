import type { Effect, Result, Stream } from "effect"
import type { Field, Table } from "../../metrics/Table.ts"
import type { Fault } from "./ImportRefused.ts"
import type { Row } from "./rows.ts"

/** Rows of one table, from one file. */
export interface Source {
  readonly table: Table
  readonly path: string
  readonly bytes: number
  /** If a row is already stored, it stays as it is. */
  readonly isOnlyAdding?: boolean
  /** Calls `onRead` with the number of bytes that were read since the last call. */
  readonly open: (onRead: (bytes: number) => void) => Effect.Effect<{
    readonly fields: ReadonlyArray<Field>
    readonly rows: Stream.Stream<Result.Result<Row, ReadonlyArray<Fault>>, Fault>
  }, Fault | ReadonlyArray<Fault>>
}
