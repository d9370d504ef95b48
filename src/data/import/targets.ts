import { CsvError, parse } from "csv-parse/sync"
import { Data, Effect, FileSystem, Layer, Result, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../domain/Caller.ts"
import { OrgId, UserId } from "../../domain/Ids.ts"
import { sentence } from "../../domain/InvalidRequest.ts"
import { Currency, periodOfKey, type TargetPeriod, TargetValue } from "../../domain/Target.ts"
import { Catalog } from "../../services/access/Catalog.ts"
import { Organizations } from "../../services/access/Organizations.ts"
import { TargetValidation } from "../../services/access/TargetValidation.ts"
import { transaction } from "../../services/database/statements.ts"
import { Goals } from "../../services/goals/Goals.ts"
import { unknownOrganization } from "./checks.ts"
import { type Fault, Faults, ImportRefused } from "./ImportRefused.ts"

const required = ["organization_id", "metric_id", "for", "period", "value"] as const
const columns = new Set<string>([...required, "currency"])

interface Line {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

interface ImportedTarget {
  readonly organizationId: string
  readonly metricId: string
  readonly for: string
  readonly period: TargetPeriod
  readonly currency: string | undefined
  /** The first line of the target. */
  readonly line: number
  readonly values: { [period: string]: number }
}

const delimiterOf = (text: string): string => {
  const head = text.split("\n", 1)[0] ?? ""
  return ["\t", ";"].find((one) => head.includes(one)) ?? ","
}

const linesIn = (path: string, text: string): Result.Result<ReadonlyArray<Line>, Fault> =>
  Result.try({
    try: (): ReadonlyArray<ReadonlyArray<string>> =>
      parse(text, {
        bom: true,
        delimiter: delimiterOf(text),
        skip_empty_lines: true,
        relax_column_count: true,
        trim: true
      }),
    catch: (cause): Fault => ({
      place: path,
      reason: cause instanceof CsvError ? `this is not CSV (${cause.message})` : String(cause)
    })
  }).pipe(Result.flatMap(([header = [], ...rows]) => {
    const unknown = header.filter((name) => !columns.has(name))
    const missing = required.filter((name) => !header.includes(name))
    if (unknown.length > 0) {
      return Result.fail({ place: `${path}:1`, reason: `no column is named ${unknown.join(", ")}` })
    }
    if (missing.length > 0) return Result.fail({ place: `${path}:1`, reason: `the column ${missing[0]} is missing` })
    const cellsOf = (row: ReadonlyArray<string>) =>
      Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""]))
    return Result.succeed(rows.map((row, index) => ({ line: index + 2, cells: cellsOf(row) })))
  }))

const plainNumber = /^\d+([.,]\d+)?$/
const numberOf = (text: string): number => Number(text.replace(",", "."))

const isCurrency = Schema.is(Currency)
const isValue = Schema.is(TargetValue)

/** Lines of one metric, owner, kind of period and currency are one target. */
const targetsIn = (path: string, lines: ReadonlyArray<Line>, faults: Faults): ReadonlyArray<ImportedTarget> => {
  const targets = new Map<string, ImportedTarget>()
  for (const { cells, line } of lines) {
    const { currency = "", for: owner = "", metric_id = "", organization_id = "", period: key = "", value = "" } = cells
    const period = periodOfKey(key)
    const place = `${path}:${line}`
    const refuse = (kind: string, text: string, expected: string) =>
      faults.add({ place: `${place} ${kind}`, kind, reason: `${JSON.stringify(text)} is not ${expected}` })
    if (period === undefined) {
      refuse("period", key, "a month (2026-10), a quarter (2026-Q4) or a year (2026)")
      continue
    }
    if (currency !== "" && !isCurrency(currency)) {
      refuse("currency", currency, "a currency such as EUR")
      continue
    }
    if (!plainNumber.test(value) || !isValue(numberOf(value))) {
      refuse("value", value, "a number such as 50000.00")
      continue
    }
    const id = JSON.stringify([organization_id, metric_id, owner, period])
    const target = targets.get(id) ?? {
      organizationId: organization_id,
      metricId: metric_id,
      for: owner,
      period,
      currency: currency === "" ? undefined : currency,
      line,
      values: {}
    }
    if (key in target.values) faults.add({ place, kind: "twice", reason: `${key} comes twice` })
    target.values[key] = numberOf(value)
    targets.set(id, target)
  }
  return [...targets.values()]
}

const faultsOfOrganizations = Effect.fnUntraced(function*(path: string, targets: ReadonlyArray<ImportedTarget>) {
  const sql = yield* SqlClient.SqlClient
  const faults: Array<Fault> = []
  for (const [organizationId, [first]] of Map.groupBy(targets, (target) => target.organizationId)) {
    const found = yield* sql`
      SELECT o.organization_id FROM crm.organizations o WHERE o.organization_id = ${organizationId}
    `
    if (found.length === 0) faults.push(unknownOrganization(`${path}:${first?.line} organization_id`, organizationId))
  }
  return faults
})

const storedAs = ({ organizationId }: ImportedTarget): Caller => ({
  organizationId: OrgId.make(organizationId),
  userId: UserId.make("import"),
  role: "admin"
})

/** A target that exists gets the new values, and keeps those of other periods. */
const store = Effect.fnUntraced(function*(path: string, target: ImportedTarget) {
  const goals = yield* Goals
  const validation = yield* TargetValidation
  const caller = storedAs(target)
  const { currency, for: owner, line, metricId, period, values } = target
  const created = yield* validation.created(caller, {
    metricId,
    for: owner,
    period,
    values,
    ...(currency !== undefined && { currency })
  }).pipe(Effect.mapError((error): Fault => ({
    place: `${path}:${line}`,
    reason: error._tag === "InvalidRequest" ? error.issues.map(sentence).join("; ") : error.message
  })))
  const { results } = yield* goals.listTargets(caller, { metricId, for: owner, limit: 100, offset: 0 })
  const existing = results.find((one) => one.period === period && Object.keys(one.filters).length === 0)
  yield* existing === undefined
    ? goals.createTarget(caller, created)
    : goals.updateTarget(caller, existing.id, {
      values,
      ...(created.currency !== null && { currency: created.currency })
    })
})

const services = Layer.merge(
  Goals.layerSql,
  TargetValidation.layer.pipe(Layer.provide([Catalog.layer, Organizations.layerSql]))
)

class DryRun extends Data.TaggedError("DryRun")<{}> {}

/** Stores the targets of a CSV file, all or none. A dry run only checks them. Returns the number of values. */
export const importTargets = Effect.fn("importTargets")(function*(path: string, isDryRun = false) {
  const sql = yield* SqlClient.SqlClient
  const files = yield* FileSystem.FileSystem
  const faults = new Faults()
  const text = yield* Effect.mapError(
    files.readFileString(path),
    () => ImportRefused.of({ place: path, reason: "this file cannot be read" })
  )
  const lines = yield* Effect.fromResult(Result.mapError(linesIn(path, text), (fault) => ImportRefused.of(fault)))
  const targets = targetsIn(path, lines, faults)
  faults.add(...yield* faultsOfOrganizations(path, targets))
  if (!faults.isEmpty) return yield* faults.refusal()
  const stored = Effect.forEach(targets, (target) =>
    store(path, target).pipe(
      Effect.catchIf((error): error is Fault => "place" in error, (fault) => Effect.sync(() => faults.add(fault)))
    ), { discard: true })
  yield* transaction(sql)(
    Effect.andThen(
      stored,
      Effect.suspend((): Effect.Effect<void, ImportRefused | DryRun> => {
        if (!faults.isEmpty) return Effect.fail(faults.refusal())
        return isDryRun ? Effect.fail(new DryRun()) : Effect.void
      })
    )
  ).pipe(Effect.catchTag("DryRun", () => Effect.void), Effect.provide(services))
  return targets.reduce((count, { values }) => count + Object.keys(values).length, 0)
})
