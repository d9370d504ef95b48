import { DateTime } from "effect"
import type { ReportSort } from "../../../domain/Report.ts"
import { byCodePoint } from "../../../query/series/sort.ts"
import type { StoredReport } from "../MemoryStore.ts"

type Compare = (a: StoredReport, b: StoredReport) => number

const byUpdate: Compare = (a, b) => DateTime.toEpochMillis(a.updatedAt) - DateTime.toEpochMillis(b.updatedAt)
const byCreation: Compare = (a, b) => DateTime.toEpochMillis(a.createdAt) - DateTime.toEpochMillis(b.createdAt)
const byTitle: Compare = (a, b) => byCodePoint(a.title.toLowerCase(), b.title.toLowerCase())

export const orders: { readonly [Sort in ReportSort]: Compare } = {
  "-updatedAt": (a, b) => byUpdate(b, a),
  updatedAt: byUpdate,
  "-createdAt": (a, b) => byCreation(b, a),
  createdAt: byCreation,
  title: byTitle,
  "-title": (a, b) => byTitle(b, a)
}

export const matches = (search: string) => ({ description, title }: StoredReport) =>
  [title, description ?? ""].some((text) => text.toLowerCase().includes(search.toLowerCase()))
