import { unreachable } from "../api/Problem.ts"
import type { ClerkClient } from "./ClerkClient.ts"
import type { Person, Session } from "./Session.ts"

const isSignedOut = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "status" in error && (error.status === 401 || error.status === 404)

const tokenOf = async (clerk: ClerkClient, person: Person, isFresh: boolean): Promise<string | undefined> => {
  if (clerk.user?.id !== person.userId) return undefined
  try {
    const token = await clerk.session?.getToken({ organizationId: person.organizationId, skipCache: isFresh })
    return token ?? undefined
  } catch (error) {
    if (isSignedOut(error)) return undefined
    throw unreachable()
  }
}

interface ClerkSession extends Session {
  /** Sends the requests that wait. Returns false if the person is still signed out. */
  resumed(): Promise<boolean>
}

/** The token belongs to one organization, even if another tab chooses another one. */
export const clerkSession = (clerk: ClerkClient, person: Person, onEnd: () => void): ClerkSession => {
  const waiting: Array<(token: string) => void> = []
  const ended = () => {
    const token = new Promise<string>((resolve) => waiting.push(resolve))
    onEnd()
    return token
  }
  return {
    person,
    token: async () => (await tokenOf(clerk, person, false)) ?? (await ended()),
    renewed: async () => (await tokenOf(clerk, person, true)) ?? (await ended()),
    resumed: async () => {
      const token = await tokenOf(clerk, person, true)
      if (token === undefined) return false
      for (const resume of waiting.splice(0)) resume(token)
      return true
    }
  }
}
