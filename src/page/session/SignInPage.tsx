import { useEffect } from "react"
import { initialsOf } from "../shell/PersonMenu.tsx"
import { type Person, personKey } from "./Session.ts"
import type { SignIn, SignInState } from "./SignIn.ts"

interface SignInPageProps {
  readonly state: Exclude<SignInState, { readonly kind: "signedIn" }>
  readonly signIn: SignIn
}

interface PickerProps {
  readonly people: ReadonlyArray<Person>
  readonly message: string | undefined
  readonly nameOf: (person: Person) => string
  readonly noteOf: (person: Person) => string
  readonly onChoose: (person: Person) => Promise<void>
}

const Picker = ({ message, nameOf, noteOf, onChoose, people }: PickerProps) => (
  <>
    {message !== undefined && <p className="problem" role="alert">{message}</p>}
    <ul className="picker">
      {people.map((person) => (
        <li key={personKey(person)}>
          <button type="button" onClick={() => void onChoose(person)}>
            <span className="avatar" aria-hidden="true">{initialsOf(nameOf(person))}</span>
            <span className="person-names">
              <strong>{nameOf(person)}</strong>
              <span className="muted">{noteOf(person)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  </>
)

const retryMillis = 4_000

const Failed = ({ message, onRetry }: { readonly message: string; readonly onRetry: () => void }) => {
  useEffect(() => {
    const retry = setTimeout(onRetry, retryMillis)
    return () => clearTimeout(retry)
  }, [onRetry])
  return (
    <>
      <h1>You cannot sign in right now</h1>
      <p role="alert">{message}</p>
      <button type="button" className="primary" onClick={onRetry}>Try again</button>
    </>
  )
}

const Content = ({ signIn, state }: SignInPageProps) => {
  switch (state.kind) {
    case "starting":
      return (
        <>
          <h1 className="hidden">Sign in</h1>
          <p className="muted" role="status">One moment…</p>
        </>
      )
    case "failed":
      return <Failed message={state.message} onRetry={signIn.start} />
    case "unconfigured":
      return (
        <>
          <h1>Sign-in is not set up</h1>
          <p>
            The setting <code>{state.setting}</code>{" "}
            of this service is missing. This page cannot sign anybody in without it. The API works as usual.
          </p>
        </>
      )
    case "signedOut":
      return (
        <>
          <h1>Sign in to see your reports</h1>
          <p className="muted">Clerk signs you in, and then brings you back to this page.</p>
          <a className="button primary" href={state.address}>Sign in</a>
        </>
      )
    case "withoutOrganization":
      return (
        <>
          <h1>You are in no organization yet</h1>
          <p>Reports belong to an organization. Ask an admin of yours to invite you, or create an organization.</p>
          <a className="button primary" href={state.address}>Create an organization</a>
        </>
      )
    case "choosingOrganization":
      return (
        <>
          <h1>Choose an organization</h1>
          <Picker
            people={state.people}
            message={state.message}
            nameOf={({ organizationName }) => organizationName}
            noteOf={({ role }) => role}
            onChoose={signIn.choose}
          />
        </>
      )
    case "choosing":
      return (
        <>
          <h1>Who are you?</h1>
          <p className="muted">The development sign-in lets you be anybody of the demo data.</p>
          <Picker
            people={state.people}
            message={state.message}
            nameOf={({ name }) => name}
            noteOf={({ organizationName, role }) => `${organizationName} · ${role}`}
            onChoose={signIn.choose}
          />
        </>
      )
  }
}

export const SignInPage = (props: SignInPageProps) => (
  <main className="sign-in" id="main">
    <Content {...props} />
  </main>
)
