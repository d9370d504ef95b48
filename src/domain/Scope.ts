import type { OrgId, UserId } from "./Ids.ts"
import type { Meta } from "./Series.ts"
import type { LocalCalendar } from "./Timeframe.ts"

export interface Person {
  readonly userId: UserId
  readonly name: string
  readonly hasLeft: boolean
}

export interface Organization extends LocalCalendar {
  readonly organizationId: OrgId
  readonly currency: string
}

/** A replica makes a new version when the organization or a member changes. */
export type AccessVersion = symbol

export interface Scope {
  readonly organization: Organization
  readonly kind: Meta["scope"]["kind"]
  readonly people: ReadonlyArray<Person>
  /** The ids of all members, if the rows that none of them owns or is assigned to are in the scope. */
  readonly allMembers?: ReadonlyArray<string>
}

export const hasNobody = ({ allMembers }: Scope): boolean => allMembers !== undefined

export const isEmptyScope = (scope: Scope): boolean => scope.people.length === 0 && !hasNobody(scope)
