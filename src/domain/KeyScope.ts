import { Schema } from "effect"

export const KeyScope = Schema.Literals(["reports:read", "reports:write", "snapshots:write", "design"]).annotate({
  identifier: "KeyScope"
})
export type KeyScope = typeof KeyScope.Type

/** A session has no key scopes and may do everything. */
export const allows = (scopes: ReadonlyArray<KeyScope> | undefined, needed: KeyScope | "session"): boolean =>
  scopes === undefined || (needed !== "session" && scopes.includes(needed))
