/** `key` holds stored values and ids, `label` readable names. */
export type ColumnKind = "bucket" | "key" | "label" | "rank" | "value" | "previous" | "change" | "partial"

export interface TableColumn {
  /** Series key. */
  readonly key: string
  readonly label: string
  readonly kind: ColumnKind
}

export type TableCell = string | number | boolean | null

export interface Table {
  readonly columns: ReadonlyArray<TableColumn>
  readonly rows: ReadonlyArray<ReadonlyArray<TableCell>>
}
