import type { Record, RecordsRequest, RecordsResponse } from "../domain/Records.ts"

/** The rows are made in parts, so that the whole file is never in memory. */
export interface RecordSheet {
  readonly start: Uint8Array
  readonly rows: (records: ReadonlyArray<Record>) => Promise<Uint8Array>
  readonly end: () => Promise<Uint8Array>
}

export type RecordFormat = (first: RecordsResponse, asked: RecordsRequest, locale: string) => Promise<RecordSheet>
