import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { identity } from "effect/Function"
import { OrgId } from "../../../src/domain/Ids.ts"
import type { AggregateRow } from "../../../src/query/AggregateRow.ts"
import type { Plan } from "../../../src/query/Plan.ts"
import { makeReplica, type Replica } from "../../../src/services/replica/Replica.ts"
import { replicaReader } from "../../../src/services/run/replicaReader.ts"
import { planFor } from "../../proof/statements.ts"

const request = { groupBy: undefined, timeframe: { preset: "all_time" }, userIds: ["ana"], filters: {} } as const

const [sound, alsoSound] = [planFor({ ...request, id: "leads.total" }), planFor({ ...request, id: "leads.by_status" })]

const faulty: Plan = {
  ...sound,
  get metric(): never {
    throw new Error("a defect")
  }
}

const replica = makeReplica({ snapshot: "1:1:", captureEpoch: "", at: 0 })

const rowFor = ({ id }: Plan): AggregateRow => ({
  bucket: 0,
  group: id,
  label: null,
  currency: null,
  numerator: 1n,
  denominator: 0n,
  currencyRows: 0n,
  currencyTotal: 0n
})

const readerOver = (replica: Replica) => {
  const ofSql = () => Effect.die("SQL was asked")
  return replicaReader({
    opened: Effect.succeed(replica),
    organizationId: OrgId.make("org"),
    viewers: undefined,
    withTurn: () => identity
  }, { rows: ofSql, records: ofSql })
}

it.effect("plans that are counted in the same turn keep their own rows", () =>
  Effect.gen(function*() {
    const { ahead, rows } = readerOver({ ...replica, count: (plan) => [rowFor(plan)] })
    const plans = [sound, alsoSound]
    yield* ahead?.count(plans) ?? Effect.void
    const found = yield* Effect.forEach(plans, (plan) => rows(plan))
    assert.deepStrictEqual(found, plans.map((plan) => [rowFor(plan)]))
  }))

it.effect("a plan whose count fails does not affect the plans that are counted in the same turn", () =>
  Effect.gen(function*() {
    const { ahead, rows } = readerOver(replica)
    const plans = [sound, faulty, alsoSound]
    assert.isTrue(Exit.isSuccess(yield* Effect.exit(ahead?.count(plans) ?? Effect.void)))
    assert.deepStrictEqual(plans.map((plan) => ahead?.isCounted(plan)), [true, false, true])
    const exits = yield* Effect.forEach(plans, (plan) => Effect.exit(rows(plan)))
    assert.deepStrictEqual(exits.map(Exit.isSuccess), [true, false, true])
  }))
