import { Context, Schema } from "effect"
import type { KeyScope } from "./ApiKey.ts"
import type { OrgId, UserId } from "./Ids.ts"
import type { Report } from "./Report.ts"

export const Role = Schema.Literals(["admin", "member"])
export type Role = typeof Role.Type

export interface Caller {
  readonly organizationId: OrgId
  readonly userId: UserId
  readonly role: Role
  readonly scopes?: ReadonlyArray<KeyScope>
}

/** A session has no key scopes and may do everything. With `session`, keys are refused. */
export const hasScope = ({ scopes }: Caller, needed: KeyScope | "session"): boolean =>
  scopes === undefined || (needed !== "session" && scopes.includes(needed))

export class CurrentCaller extends Context.Service<CurrentCaller, Caller>()("crm-reports/domain/CurrentCaller") {}

type Owned = Pick<Report, "organizationId" | "ownerId" | "people" | "visibility">

export const mayRead = (
  caller: Pick<Caller, "organizationId"> & { readonly userId: string },
  { organizationId, ownerId, people, visibility }: Owned
): boolean =>
  caller.organizationId === organizationId && (
    caller.userId === ownerId || visibility === "organization" ||
    (visibility === "people" && people.includes(caller.userId))
  )

export const mayChange = (caller: Caller, report: Owned): boolean =>
  mayRead(caller, report) && (caller.userId === report.ownerId || caller.role === "admin")

/** Members neither see whose rows an admin counts, nor with whom another person shares a report. */
export const shownTo = <R extends Pick<Report, "defaultPeople" | "people">>(
  { role, userId }: Caller,
  ownerId: string,
  report: R
): R => ({
  ...report,
  defaultPeople: role === "admin" ? report.defaultPeople : null,
  people: role === "admin" || userId === ownerId ? report.people : report.people.filter((id) => id === userId)
})
