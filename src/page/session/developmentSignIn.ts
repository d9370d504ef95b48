import { problemOf, sentence, unreachable } from "../api/Problem.ts"
import type { Person, Session } from "./Session.ts"
import { type Organization, peopleOf, type SignIn, type SignInState } from "./SignIn.ts"

const path = "/app/sign-in"
const remembered = "crm-reports.person"

const answered = async (init?: RequestInit): Promise<Response> => {
  const response = await fetch(path, init).catch(() => {
    throw unreachable()
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

const tokenFor = async ({ organizationId, role, userId }: Person): Promise<string> => {
  const body = JSON.stringify({ organizationId, role, userId })
  const response = await answered({ method: "POST", headers: { "content-type": "application/json" }, body })
  const { token }: { readonly token: string } = await response.json()
  return token
}

/** Selects the last person of this tab, else the first, so that a dashboard shows at once. */
const firstOf = (people: ReadonlyArray<Person>): Person | undefined => {
  const last = sessionStorage.getItem(remembered)
  return people.find(({ organizationId, userId }) => `${organizationId} ${userId}` === last) ?? people[0]
}

/** Signs in as a person of the demo data. The tab stores the person's id, never the token. */
export const developmentSignIn = (): SignIn => {
  const listeners = new Set<() => void>()
  const held: { state: SignInState; waiting: Array<(token: string) => void> } = {
    state: { kind: "starting" },
    waiting: []
  }
  const set = (state: SignInState) => {
    held.state = state
    for (const listener of listeners) listener()
  }

  const sessionOf = (person: Person, first: string, people: ReadonlyArray<Person>): Session => {
    const current: { token: string; renewal: Promise<string> | undefined } = { token: first, renewal: undefined }
    const renew = async () => {
      try {
        current.token = await tokenFor(person)
        return current.token
      } catch {
        set({ kind: "signedIn", session, people, hasEnded: true })
        current.token = await new Promise<string>((resolve) => held.waiting.push(resolve))
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
    return session
  }

  const choose = async (person: Person) => {
    const { state } = held
    const people = "people" in state ? state.people : [person]
    try {
      const token = await tokenFor(person)
      sessionStorage.setItem(remembered, `${person.organizationId} ${person.userId}`)
      set({ kind: "signedIn", session: sessionOf(person, token, people), people, hasEnded: false })
    } catch (error) {
      set({ kind: "choosing", people, message: sentence(error) })
    }
  }

  const again = async () => {
    const { state } = held
    if (state.kind !== "signedIn") return
    const token = await tokenFor(state.session.person)
    set({ ...state, hasEnded: false })
    for (const resume of held.waiting.splice(0)) resume(token)
  }

  const start = async () => {
    set({ kind: "starting" })
    try {
      const found: { readonly kind: string; readonly organizations?: ReadonlyArray<Organization> } =
        await (await answered()).json()
      if (found.kind !== "development") return set({ kind: "external" })
      const people = peopleOf(found.organizations ?? [])
      set({ kind: "choosing", people })
      const first = firstOf(people)
      if (first !== undefined) await choose(first)
    } catch (error) {
      set({ kind: "failed", message: sentence(error) })
    }
  }

  return {
    state: () => held.state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    choose,
    again
  }
}
