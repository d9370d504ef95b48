import { Effect } from "effect"
import type { Finding } from "../check/Kind.ts"
import { organizationFindings } from "../check/organizationFindings.ts"

/** Without these rows, whole metrics are 0 or 100 %. */
const firstKinds = new Set(["no_client", "nothing_won", "nothing_lost"])

const lineOf = ({ organizationId, sentence, table }: Finding) => `${organizationId} ${table}: ${sentence}`

/** The findings of the check in these organizations. The sentences of `first` are printed before the others. */
export const uncountedIn = Effect.fnUntraced(function*(organizationIds: ReadonlyArray<string>) {
  const found = (yield* Effect.orDie(Effect.forEach(organizationIds, organizationFindings))).flat()
  const isFirst = ({ kind }: Finding) => firstKinds.has(kind)
  return {
    first: found.filter(isFirst).map(({ organizationId, remedy, sentence }) =>
      `${organizationId}: ${sentence}: ${remedy}`
    ),
    uncounted: found.filter((one) => !isFirst(one)).map(lineOf)
  }
})
