import { usePerson } from "../api/queries.ts"
import { type Person, personKey } from "../session/Session.ts"
import { samePerson } from "../session/SignIn.ts"
import { Popover } from "./Popover.tsx"
import { chooseTheme, type ThemeChoice, useThemeChoice } from "./theme.ts"

interface PersonMenuProps {
  readonly people: ReadonlyArray<Person>
  readonly by: "development" | "clerk"
  readonly onPerson: (person: Person) => void
  readonly onSignOut: () => void
}

export const initialsOf = (name: string): string =>
  name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase()

const themes: ReadonlyArray<readonly [ThemeChoice, string]> = [["system", "Auto"], ["light", "Light"], ["dark", "Dark"]]

const ThemeFields = () => {
  const choice = useThemeChoice()
  return (
    <div className="segments" role="group" aria-label="Theme">
      {themes.map(([theme, name]) => (
        <button
          key={theme}
          type="button"
          aria-pressed={choice === theme}
          onClick={() => chooseTheme(theme)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

export const PersonMenu = ({ by, onPerson, onSignOut, people }: PersonMenuProps) => {
  const person = usePerson()
  // With Clerk, all entries of the menu are the same person, in different organizations.
  const isOwn = by === "clerk"
  return (
    <Popover
      className="person"
      panelName="Theme and person"
      label={
        <>
          <span className="avatar" aria-hidden="true">{initialsOf(person.name)}</span>
          <span className="person-names">
            <span className="hidden">Signed in as</span>
            <strong>{person.name}</strong>
            <span className="muted">{person.organizationName} · {person.role}</span>
          </span>
        </>
      }
    >
      <ThemeFields />
      {people.length > 1 && (
        <>
          <h2>{isOwn ? "Organizations" : "Look as somebody else"}</h2>
          {!isOwn && <p className="muted small">The development sign-in lets you be anybody of the demo data.</p>}
          <div className="people-list scrolls">
            {people.map((one) => (
              <button
                key={personKey(one)}
                type="button"
                className="metric"
                aria-pressed={samePerson(one, person)}
                onClick={() => onPerson(one)}
              >
                <span>{isOwn ? one.organizationName : one.name}</span>
                <small>{isOwn ? one.role : `${one.organizationName} · ${one.role}`}</small>
              </button>
            ))}
          </div>
        </>
      )}
      {isOwn && <button type="button" onClick={onSignOut}>Sign out</button>}
    </Popover>
  )
}
