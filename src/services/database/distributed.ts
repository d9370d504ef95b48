import { Context } from "effect"

export const hasCitus = "EXISTS (SELECT FROM pg_extension e WHERE e.extname = 'citus')"

export const IsDistributed = Context.Reference<boolean>("crm-reports/services/database/IsDistributed", {
  defaultValue: () => false
})
