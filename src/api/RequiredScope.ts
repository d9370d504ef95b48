import { Context } from "effect"
import type { KeyScope } from "../domain/ApiKey.ts"

/** A key needs this key scope to call the endpoint. With `session`, keys are refused. */
export const RequiredScope = Context.Reference<KeyScope | "session">("crm-reports/api/RequiredScope", {
  defaultValue: () => "session"
})
