import { problemOf, reached, sentence } from "../api/Problem.ts"
import { ifAllowed } from "../shell/ifAllowed.ts"
import { type Person, personKey, type Session } from "./Session.ts"
import type { SignIn } from "./SignIn.ts"
import { signInStore } from "./signInStore.ts"

const path = "/app/sign-in"
const remembered = "crm-reports.person"

const tokenFor = async ({ organizationId, role, userId }: Person): Promise<string> => {
  const body = JSON.stringify({ organizationId, role, userId })
  const headers = { "content-type": "application/json" }
  const response = await reached(fetch(path, { method: "POST", headers, body }))
  if (!response.ok) throw await problemOf(response)
  const { token }: { readonly token: string } = await response.json()
  return token
}

const firstOf = (people: ReadonlyArray<Person>): Person | undefined => {
  const last = ifAllowed(() => sessionStorage.getItem(remembered))
  return people.find((person) => personKey(person) === last) ?? people[0]
}

/** The tab stores the person's id, but never the token. */
export const developmentSignIn = (people: ReadonlyArray<Person>): SignIn => {
  const { choosing, set, state, subscribe } = signInStore()
  const held: { resume: (token: string) => void } = { resume: () => {} }

  const sessionOf = (person: Person, first: string): Session => {
    const waiting: Array<(token: string) => void> = []
    const current: { token: string; renewal: Promise<string> | undefined } = { token: first, renewal: undefined }
    const renew = async () => {
      try {
        current.token = await tokenFor(person)
        return current.token
      } catch {
        const now = state()
        if (now.kind === "signedIn" && now.session === session) set({ ...now, hasEnded: true })
        current.token = await new Promise<string>((resolve) => waiting.push(resolve))
        return current.token
      } finally {
        current.renewal = undefined
      }
    }
    const session: Session = {
      person,
      token: async () => current.renewal ?? current.token,
      renewed: () => current.renewal ??= renew()
    }
    held.resume = (token) => {
      for (const resume of waiting.splice(0)) resume(token)
    }
    return session
  }

  const choose = async (person: Person) => {
    const isNewest = choosing()
    try {
      const token = await tokenFor(person)
      if (!isNewest()) return
      ifAllowed(() => sessionStorage.setItem(remembered, personKey(person)))
      set({ kind: "signedIn", by: "development", session: sessionOf(person, token), people, hasEnded: false })
    } catch (error) {
      if (isNewest()) set({ kind: "choosing", people, message: sentence(error) })
    }
  }

  const again = async () => {
    const before = state()
    if (before.kind !== "signedIn") return
    const token = await tokenFor(before.session.person)
    set({ ...before, hasEnded: false })
    held.resume(token)
  }

  const start = async () => {
    set({ kind: "choosing", people })
    const first = firstOf(people)
    if (first !== undefined) await choose(first)
  }

  const signOut = async () => set({ kind: "choosing", people })

  return { state, subscribe, start, choose, signOut, again }
}
