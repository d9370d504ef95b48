import type { SignIn, SignInState } from "./SignIn.ts"

export interface SignInStore extends Pick<SignIn, "state" | "subscribe"> {
  readonly set: (state: SignInState) => void
}

export const signInStore = (): SignInStore => {
  const listeners = new Set<() => void>()
  const held: { state: SignInState } = { state: { kind: "starting" } }
  return {
    state: () => held.state,
    set: (state) => {
      held.state = state
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
