import type { RunTable } from "../../domain/AgentAnswer.ts"
import type { Meta } from "../../domain/Series.ts"

export const shortMeta = ({ currency, gated, scope, unit, window }: Meta): RunTable["meta"] => ({
  unit,
  scope,
  ...(currency !== undefined && { currency }),
  ...(window !== undefined && { window }),
  ...(gated !== undefined && { gated })
})
