import type { RecordColumn } from "../api/wire.ts"

/** The keys of the columns that the person hides, by the type of the records. New columns are shown. */
type Hidden = Readonly<Record<string, ReadonlyArray<string>>>

export const hiddenIn = (text: string | null | undefined): Hidden => {
  try {
    const kept: unknown = JSON.parse(text ?? "{}")
    if (typeof kept !== "object" || kept === null) return {}
    return Object.fromEntries(
      Object.entries(kept).map(([type, keys]) => [
        type,
        Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : []
      ])
    )
  } catch {
    return {}
  }
}

export const keptOf = (columns: ReadonlyArray<RecordColumn>, hidden: ReadonlyArray<string>): ReadonlyArray<string> =>
  columns.map(({ key }) => key).filter((key) => !hidden.includes(key))
