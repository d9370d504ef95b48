import { initialsOf } from "../shell/PersonMenu.tsx"
import type { SignIn, SignInState } from "./SignIn.ts"

interface SignInPageProps {
  readonly state: Exclude<SignInState, { readonly kind: "signedIn" }>
  readonly signIn: SignIn
}

const Content = ({ signIn, state }: SignInPageProps) => {
  switch (state.kind) {
    case "starting":
      return <p className="muted" role="status">One moment…</p>
    case "failed":
      return (
        <>
          <p role="alert">{state.message}</p>
          <button type="button" className="primary" onClick={() => void signIn.start()}>Try again</button>
        </>
      )
    case "external":
      return <p>Sign-in of this page is not set up on this service. The API answers as ever.</p>
    case "choosing":
      return (
        <>
          <h1>Who are you?</h1>
          <p className="muted">The development sign-in lets you be anybody of the demo data.</p>
          {state.message !== undefined && <p className="problem" role="alert">{state.message}</p>}
          <ul className="picker">
            {state.people.map((person) => (
              <li key={`${person.organizationId} ${person.userId}`}>
                <button type="button" onClick={() => void signIn.choose(person)}>
                  <span className="avatar" aria-hidden="true">{initialsOf(person.name)}</span>
                  <span className="person-names">
                    <strong>{person.name}</strong>
                    <span className="muted">{person.organizationName} · {person.role}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )
  }
}

/** Shown before sign-in. */
export const SignInPage = (props: SignInPageProps) => (
  <main className="sign-in" id="main">
    <Content {...props} />
  </main>
)
