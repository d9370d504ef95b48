import { assert, it } from "@effect/vitest"
import { Effect, Exit } from "effect"
import { identity } from "effect/Function"
import { OrgId } from "../src/domain/Ids.ts"
import type { Plan } from "../src/query/Plan.ts"
import { makeReplica } from "../src/services/replica/Replica.ts"
import { replicaReader } from "../src/services/run/replicaReader.ts"
import { planFor } from "./proof/statements.ts"

const request = { groupBy: undefined, timeframe: { preset: "all_time" }, userIds: ["ana"], filters: {} } as const

const [sound, alsoSound] = [planFor({ ...request, id: "leads.total" }), planFor({ ...request, id: "leads.by_status" })]

const faulty: Plan = {
  ...sound,
  get metric(): never {
    throw new Error("a defect")
  }
}

const replica = makeReplica({ snapshot: "1:1:", captureEpoch: "", at: 0 })

it.effect("a plan whose count fails does not affect the plans that are counted in the same turn", () =>
  Effect.gen(function*() {
    const ofSql = () => Effect.die("SQL was asked")
    const { rows } = replicaReader({
      opened: Effect.succeed(replica),
      organizationId: OrgId.make("org"),
      viewers: undefined,
      withTurn: () => identity
    }, { rows: ofSql, records: ofSql })
    const plans = [sound, faulty, alsoSound]
    const exits = yield* Effect.forEach(plans, (plan) => Effect.exit(rows(plan, plans)))
    assert.deepStrictEqual(exits.map(Exit.isSuccess), [true, false, true])
  }))
