import type { Tables } from "../../metrics/crm.ts"
import type { RecordType } from "../../metrics/recordTypes.ts"
import type { CountedRow, Point, RecordQuery } from "../Point.ts"
import type { RecordShape } from "../sql/recordCells.ts"
import type { Params } from "../sql/Statement.ts"

type Compile = (shape: RecordShape, params: Params<RecordQuery>) => string

export interface HandwrittenRecords {
  readonly type: RecordType
  readonly totals: Compile
  readonly page: Compile
  readonly evaluate: (point: Point, tables: Tables) => ReadonlyArray<CountedRow>
}
