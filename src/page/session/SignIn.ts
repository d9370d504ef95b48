import { type Person, personKey, type Session } from "./Session.ts"

export interface Organization {
  readonly organizationId: string
  readonly name: string
  readonly people: ReadonlyArray<{ readonly userId: string; readonly name: string; readonly role: "admin" | "member" }>
}

export type SignInState =
  | { readonly kind: "starting" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "unconfigured"; readonly setting: string }
  | { readonly kind: "signedOut"; readonly address: string }
  | { readonly kind: "choosingOrganization"; readonly people: ReadonlyArray<Person>; readonly message?: string }
  | { readonly kind: "withoutOrganization"; readonly address: string }
  | { readonly kind: "choosing"; readonly people: ReadonlyArray<Person>; readonly message?: string }
  | {
    readonly kind: "signedIn"
    readonly by: "development" | "clerk"
    readonly session: Session
    readonly people: ReadonlyArray<Person>
    /** `hasEnded` is true if the token expired and could not be renewed. Requests then wait. */
    readonly hasEnded: boolean
  }

export interface SignIn {
  readonly state: () => SignInState
  readonly subscribe: (listener: () => void) => () => void
  readonly start: () => Promise<void>
  readonly choose: (person: Person) => Promise<void>
  readonly signOut: () => Promise<void>
  readonly again: () => Promise<void>
}

export const samePerson = (a: Person, b: Person): boolean => personKey(a) === personKey(b)

export const peopleOf = (organizations: ReadonlyArray<Organization>): ReadonlyArray<Person> =>
  organizations.flatMap(({ name: organizationName, organizationId, people }) =>
    people.map((person) => ({ organizationId, organizationName, ...person }))
  )
