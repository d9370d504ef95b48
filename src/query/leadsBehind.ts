import type { Scope } from "../domain/Scope.ts"
import type { Field } from "../metrics/Table.ts"
import type { Plan } from "./Plan.ts"

/** The fields of the plan that are of the lead behind a row. */
export const leadFieldsOf = ({ filters, groupBy }: Pick<Plan, "filters" | "groupBy">): ReadonlyArray<Field> =>
  [
    ...filters.applied.map(({ field }) => field),
    ...(groupBy._tag === "Dimension" && groupBy.dimension._tag === "Field" ? [groupBy.dimension] : [])
  ].filter(({ ofLead }) => ofLead !== undefined)

/** The leads of this scope are seen. The records of one person's point have a smaller scope than the run. */
export const leadScopeOf = ({ leadScope, scope }: Plan): Scope => leadScope ?? scope
