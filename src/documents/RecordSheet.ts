import type { Record, RecordsRequest, RecordsResponse } from "../domain/Records.ts"

/** The whole file is never in memory. */
export interface RecordSheet {
  readonly start: Uint8Array
  readonly rows: (records: ReadonlyArray<Record>) => Promise<Uint8Array>
  readonly end: () => Promise<Uint8Array>
}

/** The file takes its columns and sums from the first page. */
export type RecordFormat = (first: RecordsResponse, asked: RecordsRequest) => Promise<RecordSheet>
