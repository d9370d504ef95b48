import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { AdminsOnly } from "../../domain/AdminsOnly.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { OrgId } from "../../domain/Ids.ts"
import { StageWeights } from "../../domain/StageWeights.ts"
import { queryRows } from "../database/statements.ts"

export const sqlGoals = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const queryWeights = yield* queryRows(Schema.Struct({ weights: StageWeights }))

  const stageWeights = (organizationId: OrgId) =>
    Effect.map(
      queryWeights(sql`
        SELECT w.weights FROM crm_report_stage_weights w WHERE w.organization_id = ${organizationId}
      `),
      ([row]) => row?.weights ?? {}
    )

  const setStageWeights = Effect.fnUntraced(function*({ organizationId, role }: Caller, weights: StageWeights) {
    if (role !== "admin") return yield* new AdminsOnly()
    yield* queryWeights(sql`
      INSERT INTO crm_report_stage_weights AS w (organization_id, weights)
      VALUES (${organizationId}, ${JSON.stringify(weights)}::jsonb)
      ON CONFLICT (organization_id) DO UPDATE SET weights = EXCLUDED.weights
      RETURNING w.weights
    `)
    return weights
  })
  return { stageWeights, setStageWeights }
})
