/** The page only displays this. The service decides about access. */
export interface Person {
  readonly organizationId: string
  readonly organizationName: string
  readonly userId: string
  readonly name: string
  readonly role: "admin" | "member"
}

/** The token stays in memory. */
export interface Session {
  readonly person: Person
  token(): Promise<string>
  /** Waits until the person has signed in again, if necessary. */
  renewed(): Promise<string>
}
