import type { Tables } from "../../metrics/crm.ts"
import type { RecordType } from "../../metrics/recordTypes.ts"
import type { CountedRow } from "../CountedRow.ts"
import type { Point, RecordQuery } from "../Point.ts"
import type { RecordsSql } from "../sql/recordPage.ts"
import type { RecordShape } from "../sql/RecordShape.ts"
import type { Params } from "../sql/Statement.ts"

export interface HandwrittenRecords {
  readonly type: RecordType
  readonly compile: (shape: RecordShape, params: Params<RecordQuery>) => RecordsSql
  readonly evaluate: (point: Point, tables: Tables) => ReadonlyArray<CountedRow>
}
