import { Data, Effect, FileSystem, Layer, Result } from "effect"
import { SqlClient } from "effect/sql"
import type { Caller } from "../../domain/Caller.ts"
import { OrgId, UserId } from "../../domain/Ids.ts"
import { sentence } from "../../domain/InvalidRequest.ts"
import { organizationOwner } from "../../domain/Target.ts"
import { Catalog } from "../../services/access/Catalog.ts"
import { Organizations } from "../../services/access/Organizations.ts"
import { TargetValidation } from "../../services/access/TargetValidation.ts"
import { transaction } from "../../services/database/statements.ts"
import { Goals } from "../../services/goals/Goals.ts"
import { unknownOrganization } from "./checks.ts"
import { type Fault, Faults, ImportRefused } from "./ImportRefused.ts"
import { type ImportedTarget, linesIn, targetsIn } from "./targetLines.ts"

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

/** The caller of an import is never the owner of the target, because a caller may have targets without being a member. */
const storedAs = ({ for: owner, organizationId }: ImportedTarget): Caller => ({
  organizationId: OrgId.make(organizationId),
  userId: UserId.make(`import for ${owner}`),
  role: "admin"
})

/** A target that exists gets the new values, and keeps those of other periods. Its currency changes only with all values. */
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
  const isForOrganization = owner === organizationOwner
  const people = isForOrganization ? [] : [owner]
  const found = yield* goals.targetsOf(caller.organizationId, { metricIds: [metricId], people, isForOrganization })
  const existing = found.find((one) => one.period === period && Object.keys(one.filters).length === 0)
  if (existing === undefined) return yield* goals.createTarget(caller, created)
  const isKept = Object.keys(existing.values).some((key) => !(key in values))
  if (currency !== undefined && currency !== existing.currency && isKept) {
    const reason = `${currency} is not ${existing.currency}, in which the target keeps values of other periods`
    return yield* Effect.fail<Fault>({ place: `${path}:${line} currency`, reason })
  }
  yield* goals.updateTarget(caller, existing.id, { values, ...(currency !== undefined && { currency }) })
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
