import { problemOf, reached, sentence } from "../api/Problem.ts"
import { clerkSignIn } from "./clerkSignIn.ts"
import { developmentSignIn } from "./developmentSignIn.ts"
import { type Organization, peopleOf, type SignIn } from "./SignIn.ts"
import { signInStore } from "./signInStore.ts"

type Description =
  | { readonly kind: "development"; readonly organizations: ReadonlyArray<Organization> }
  | { readonly kind: "clerk"; readonly publishableKey: string | null }

const described = async (): Promise<Description> => {
  const response = await reached(fetch("/app/sign-in"))
  if (!response.ok) throw await problemOf(response)
  return response.json()
}

const openTab = (address: string) => {
  open(address, "_blank", "noopener")
}

const signInOf = (description: Description): SignIn =>
  description.kind === "clerk"
    ? clerkSignIn(description.publishableKey, openTab)
    : developmentSignIn(peopleOf(description.organizations))

export const pageSignIn = (): SignIn => {
  const { set, state, subscribe } = signInStore()
  const held: { way: SignIn | undefined } = { way: undefined }
  const start = async () => {
    set({ kind: "starting" })
    try {
      const way = signInOf(await described())
      held.way = way
      way.subscribe(() => set(way.state()))
      await way.start()
    } catch (error) {
      set({ kind: "failed", message: sentence(error) })
    }
  }
  return {
    state,
    subscribe,
    start,
    choose: async (person) => held.way?.choose(person),
    signOut: async () => held.way?.signOut(),
    again: async () => held.way?.again()
  }
}
