/** A `key` column has stored values and ids, and a `label` column has names for people. */
type ColumnKind =
  | "bucket"
  | "key"
  | "label"
  | "rank"
  | "value"
  | "previous"
  | "change"
  | "target"
  | "attained"
  | "share"
  | "partial"

export interface TableColumn {
  readonly key: string
  readonly label: string
  readonly kind: ColumnKind
}

export type TableCell = string | number | boolean | null

export interface Table {
  readonly columns: ReadonlyArray<TableColumn>
  readonly rows: ReadonlyArray<ReadonlyArray<TableCell>>
}
