import type { Tables } from "../../metrics/crm.ts"
import type { RecordType } from "../../metrics/recordTypes.ts"
import type { CountedRow } from "../CountedRow.ts"
import type { Point, RecordQuery } from "../Point.ts"
import type { RecordShape } from "../sql/RecordShape.ts"
import type { Params } from "../sql/Statement.ts"

export interface CountedSql {
  /** CTEs, the last of which is `counted`. It has the columns counted_at, n, d and those of the keys. */
  readonly counted: string
  /** `id` and `subject` are expressions over `counted` as `c`. */
  readonly id: string
  readonly subject: string
  /** This join reads the shown row of a counted one by its primary key. */
  readonly shown: string
  readonly row: string
}

export interface HandwrittenRecords {
  readonly type: RecordType
  readonly compile: (shape: RecordShape, params: Params<RecordQuery>) => CountedSql
  readonly evaluate: (point: Point, tables: Tables) => ReadonlyArray<CountedRow>
}
