import { useEffect } from "react"
import { t } from "../shell/messages.ts"
import { initialsOf, roleName } from "../shell/PersonMenu.tsx"
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
      <h1>{t.cannotSignIn()}</h1>
      <p role="alert">{message}</p>
      <button type="button" className="primary" onClick={onRetry}>{t.tryAgain()}</button>
    </>
  )
}

const Content = ({ signIn, state }: SignInPageProps) => {
  switch (state.kind) {
    case "starting":
      return (
        <>
          <h1 className="hidden">{t.signIn()}</h1>
          <p className="muted" role="status">{t.oneMoment()}</p>
        </>
      )
    case "failed":
      return <Failed message={state.message} onRetry={signIn.start} />
    case "unconfigured":
      return (
        <>
          <h1>{t.signInNotSetUp()}</h1>
          <p>{t.settingMissing({ setting: state.setting })}</p>
        </>
      )
    case "signedOut":
      return (
        <>
          <h1>{t.signInToSee()}</h1>
          <p className="muted">{t.clerkSignsIn()}</p>
          <a className="button primary" href={state.address}>{t.signIn()}</a>
        </>
      )
    case "withoutOrganization":
      return (
        <>
          <h1>{t.inNoOrganization()}</h1>
          <p>{t.reportsBelong()}</p>
          <a className="button primary" href={state.address}>{t.createOrganization()}</a>
        </>
      )
    case "choosingOrganization":
      return (
        <>
          <h1>{t.chooseOrganization()}</h1>
          <Picker
            people={state.people}
            message={state.message}
            nameOf={({ organizationName }) => organizationName}
            noteOf={roleName}
            onChoose={signIn.choose}
          />
        </>
      )
    case "choosing":
      return (
        <>
          <h1>{t.whoAreYou()}</h1>
          <p className="muted">{t.developmentSignIn()}</p>
          <Picker
            people={state.people}
            message={state.message}
            nameOf={({ name }) => name}
            noteOf={(person) => `${person.organizationName} · ${roleName(person)}`}
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
