import { Context } from "effect"
import type { KeyScope } from "../domain/KeyScope.ts"

/** A key needs this scope for the endpoint. An endpoint without it refuses keys. */
export const RequiredScope = Context.Reference<KeyScope | "session">("crm-reports/api/RequiredScope", {
  defaultValue: () => "session"
})
