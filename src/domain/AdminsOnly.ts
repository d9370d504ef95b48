import { Failure } from "./Failure.ts"

export class AdminsOnly extends Failure<AdminsOnly>()("AdminsOnly", {
  status: 403,
  code: "admins_only",
  message: "Only an admin of the organization may do this."
}) {}
