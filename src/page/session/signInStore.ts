import type { SignIn, SignInState } from "./SignIn.ts"

export interface SignInStore extends Pick<SignIn, "state" | "subscribe"> {
  readonly set: (state: SignInState) => void
  /** Begins a choice. The returned function returns false after a newer choice has begun. */
  readonly choosing: () => () => boolean
}

export const signInStore = (): SignInStore => {
  const listeners = new Set<() => void>()
  const held: { state: SignInState; choices: number } = { state: { kind: "starting" }, choices: 0 }
  return {
    state: () => held.state,
    set: (state) => {
      held.state = state
      for (const listener of listeners) listener()
    },
    choosing: () => {
      const choice = ++held.choices
      return () => choice === held.choices
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
