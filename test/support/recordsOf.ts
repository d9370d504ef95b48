import { Effect } from "effect"
import type { Record, RecordsRequest, RecordsResponse } from "../../src/domain/Records.ts"
import type { Records } from "../../src/services/run/Records.ts"

const record = (index: number): Record => ({
  type: "lead",
  id: `lead ${index}`,
  at: "2024-05-01T00:00:00.000Z",
  weight: { n: "1", d: null },
  fields: { source: { values: ["web"], text: "Web" } }
})

/** Imitates a list of `total` records. `read` collects the cursor of each page that is read. */
export const recordsOf = (total: number) => {
  const read: Array<string | undefined> = []
  const page = (_caller: unknown, { cursor = "0", limit = 1, part }: RecordsRequest) =>
    Effect.sync((): RecordsResponse => {
      read.push(cursor)
      const [from, to] = [Number(cursor), Math.min(total, Number(cursor) + limit)]
      return {
        results: Array.from({ length: to - from }, (_, index) => record(from + index)),
        total: part === "records" ? null : total,
        sums: { n: String(total), d: null },
        amountUnit: "count",
        columns: [{ key: "source", label: "Source", kind: "text" }],
        next: to < total ? String(to) : null,
        meta: {
          unit: "count",
          scope: { kind: "own", members: 1 },
          filters: { applied: {}, ignored: [] },
          additive: true,
          asOf: "2024-05-20T12:00:00.000Z"
        }
      }
    })
  const service: Records["Service"] = { page, laterPage: page }
  return { read, service }
}
