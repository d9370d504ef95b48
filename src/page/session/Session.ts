/** The page uses these fields only to choose what it shows. The service decides about access. */
export interface Person {
  readonly organizationId: string
  readonly organizationName: string
  readonly userId: string
  readonly name: string
  readonly role: "admin" | "member"
}

export const personKey = ({ organizationId, userId }: Pick<Person, "organizationId" | "userId">): string =>
  `${organizationId} ${userId}`

export interface Session {
  readonly person: Person
  token(): Promise<string>
  /** Returns a new token, after another sign-in if necessary. */
  renewed(): Promise<string>
}
