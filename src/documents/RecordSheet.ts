import type { Record, RecordsRequest, RecordsResponse } from "../domain/Records.ts"

/** A file of records is made in parts, so the whole file is never in memory. */
export interface RecordSheet {
  readonly start: Uint8Array
  readonly rows: (records: ReadonlyArray<Record>) => Promise<Uint8Array>
  readonly end: () => Promise<Uint8Array>
}

/** The columns and sums are those of the first page. */
export type RecordFormat = (first: RecordsResponse, asked: RecordsRequest) => Promise<RecordSheet>
