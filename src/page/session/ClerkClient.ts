export interface ClerkClient {
  readonly user: ClerkUser | null | undefined
  readonly organization: { readonly id: string } | null | undefined
  readonly session: ClerkSession | null | undefined
  readonly client: ClerkSessions | undefined
  /** With a callback, Clerk signs out without leaving the page. */
  readonly signOut: (callback: () => void) => Promise<void>
  readonly setActive: (choice: { readonly session?: string; readonly organization?: string }) => Promise<void>
  readonly buildSignInUrl: () => string
  readonly buildCreateOrganizationUrl: () => string
}

interface ClerkSession {
  readonly getToken: (
    options: { readonly organizationId: string; readonly skipCache?: boolean }
  ) => Promise<string | null>
}

interface ClerkSessions {
  readonly lastActiveSessionId: string | null
  readonly reload: () => Promise<unknown>
}

export interface ClerkUser {
  readonly id: string
  readonly fullName: string | null
  readonly username: string | null
  readonly organizationMemberships: ReadonlyArray<{
    readonly role: string
    readonly organization: { readonly id: string; readonly name: string }
  }>
}

export const loadClerk = async (publishableKey: string): Promise<ClerkClient> => {
  const { Clerk } = await import("@clerk/clerk-js")
  const clerk = new Clerk(publishableKey)
  // Each request asks for a token, so no timer has to renew it.
  await clerk.load({ polling: false, telemetry: false })
  return clerk
}
