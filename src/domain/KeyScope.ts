import { Schema } from "effect"

export const KeyScope = Schema.Literals(["reports:read", "reports:write", "snapshots:write", "design"]).annotate({
  identifier: "KeyScope"
})
export type KeyScope = typeof KeyScope.Type

export const allows = (scopes: ReadonlyArray<KeyScope> | undefined, needed: KeyScope | "session"): boolean =>
  scopes === undefined || (needed !== "session" && scopes.includes(needed))
