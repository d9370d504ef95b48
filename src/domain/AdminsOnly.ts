import { Effect } from "effect"
import type { Caller } from "./Caller.ts"
import { Failure } from "./Failure.ts"

export class AdminsOnly extends Failure<AdminsOnly>()("AdminsOnly", {
  status: 403,
  code: "admins_only",
  message: "Only an admin of the organization may do this."
}) {}

export const refuseMembers = ({ role }: Caller): Effect.Effect<void, AdminsOnly> =>
  role === "admin" ? Effect.void : Effect.fail(new AdminsOnly())
