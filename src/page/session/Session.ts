/** The signed-in person, for display. The service alone decides access. */
export interface Person {
  readonly organizationId: string
  readonly organizationName: string
  readonly userId: string
  readonly name: string
  readonly role: "admin" | "member"
}

/** A signed-in person. The token stays in memory. */
export interface Session {
  readonly person: Person
  /** The current token. */
  token(): Promise<string>
  /** A new token after the service refused the last one; waits until the person has signed in again. */
  renewed(): Promise<string>
}
