import { Effect, Result, Stream } from "effect"
import { contract } from "../../../metrics/crm.ts"
import { fieldsOf } from "../../writeTables.ts"
import { rowsOf } from "../rows.ts"
import type { Source } from "../Source.ts"
import { leadCreated } from "./indexes.ts"
import type { Entry, Spells } from "./Mapping.ts"
import { type RawFile, rawRowsOf } from "./rawFiles.ts"
import { type Cell, type Context, rowReader } from "./readColumn.ts"
import { instantOf } from "./times.ts"
import { meets } from "./words.ts"

interface Change {
  readonly line: number
  readonly lead: string
  readonly at: string
  readonly old: string
  readonly new: string
}

const columns = ["organization_id", "lead_id", "status", "started_at", "ended_at"]
const fields = columns.flatMap((column) =>
  fieldsOf(contract.leadStatusSpells).filter((field) => field.column === column)
)

const textOf = ({ value }: Cell) => Result.isSuccess(value) ? value.success?.text ?? "" : value.failure.said

const readerOf = ({ at, by, new: after, old, values }: Spells, context: Context) => {
  const { endedAt, leadId, startedAt, status } = contract.leadStatusSpells.fields
  const word = (from: string) => ({ from, as: "text" as const, ...(values !== undefined && { values }) })
  return rowReader(
    [[leadId, by], [startedAt, { from: at, as: "time" }], [status, word(old)], [endedAt, word(after)]],
    context
  )
}

/** The first stay begins when the lead was created. The last one has not ended. */
const staysOf = (changes: ReadonlyArray<Change>, created: string | undefined, zone: string) => {
  const ordered = [...changes].sort((a, b) => instantOf(a.at, zone) - instantOf(b.at, zone) || a.line - b.line)
  const [first] = ordered
  const before = first === undefined || created === undefined || first.old === ""
    ? []
    : [{ line: first.line, lead: first.lead, status: first.old, from: created, to: first.at }]
  return [
    ...before,
    ...ordered.map(({ at, lead, line, new: status }, index) => ({
      line,
      lead,
      status,
      from: at,
      to: ordered[index + 1]?.at ?? ""
    }))
  ]
}

/** Reads a file of status changes as stays. Its rows are in memory while it is read. */
export const spellSource = (
  entry: Entry,
  spells: Spells,
  file: RawFile,
  { context, organizationId }: { readonly context: Context; readonly organizationId: string }
): Source => {
  const open: Source["open"] = Effect.fnUntraced(function*(onRead) {
    const read = readerOf(spells, context)
    const created = context.found(leadCreated)
    const changes = yield* rawRowsOf(file, context.mapping.read, onRead).pipe(
      Stream.filter(({ get }) => meets(get, entry)),
      Stream.map(({ get, record: { line } }): Change => {
        const [lead = "", at = "", old = "", after = ""] = read(get).map(textOf)
        return { line, lead, at, old, new: after }
      }),
      Stream.runCollect
    )
    const check = rowsOf(file.path, fields, ",")
    const stays = [...Map.groupBy(changes, ({ lead }) => lead)].flatMap(([lead, of]) =>
      staysOf(of, created?.get(lead), context.zone)
    )
    const rows = stays.map(({ from, lead, line, status, to }) =>
      check({ line, values: [organizationId, lead, status, from, to] })
    )
    return { fields, rows: Stream.fromIterable(rows) }
  })
  return { table: contract.leadStatusSpells, path: file.path, bytes: file.bytes, open }
}
