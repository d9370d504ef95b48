import type { Record, RecordsRequest, RecordsResponse } from "../domain/Records.ts"

/** A file of records is made in parts, so the whole file is never in memory. */
export interface RecordSheet {
  readonly start: Uint8Array
  readonly rows: (records: ReadonlyArray<Record>) => Promise<Uint8Array>
  readonly end: () => Promise<Uint8Array>
}

/** `first` is the first page of records, from which the file takes its columns and sums. */
export type RecordFormat = (first: RecordsResponse, asked: RecordsRequest) => Promise<RecordSheet>
