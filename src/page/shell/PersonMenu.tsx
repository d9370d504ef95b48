import { useId } from "react"
import { languages } from "../../languages/Language.ts"
import { usePerson } from "../api/queries.ts"
import { type Person, personKey } from "../session/Session.ts"
import { samePerson } from "../session/SignIn.ts"
import { chooseLanguage, languageNames, useLanguageChoice } from "./language.ts"
import { t } from "./messages.ts"
import { Popover } from "./Popover.tsx"
import { chooseTheme, type ThemeChoice, useThemeChoice } from "./theme.ts"
import { useSaying } from "./Toasts.tsx"

interface PersonMenuProps {
  readonly people: ReadonlyArray<Person>
  readonly by: "development" | "clerk"
  readonly onPerson: (person: Person) => void
  readonly onSignOut: () => void
}

export const initialsOf = (name: string): string =>
  name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase()

export const roleName = ({ role }: Person): string => role === "admin" ? t.roleAdmin() : t.roleMember()

const ThemeFields = () => {
  const choice = useThemeChoice()
  const themes: ReadonlyArray<readonly [ThemeChoice, string]> = [
    ["system", t.themeSystem()],
    ["light", t.themeLight()],
    ["dark", t.themeDark()]
  ]
  return (
    <div className="segments" role="group" aria-label={t.themeName()}>
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

const LanguageField = () => {
  const id = useId()
  const choice = useLanguageChoice()
  const { warn } = useSaying()
  const choose = (value: string) =>
    chooseLanguage(languages.find((language) => language === value) ?? "browser").catch(() => warn(t.notLoaded()))
  return (
    <div className="fields">
      <label htmlFor={id}>{t.languageName()}</label>
      <select id={id} value={choice} onChange={({ target }) => void choose(target.value)}>
        <option value="browser">{t.languageBrowser()}</option>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>{languageNames[language]}</option>
        ))}
      </select>
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
      panelName={t.menuName()}
      label={
        <>
          <span className="avatar" aria-hidden="true">{initialsOf(person.name)}</span>
          <span className="person-names">
            <span className="hidden">{t.signedInAs()}</span>
            <strong>{person.name}</strong>
            <span className="muted">{person.organizationName} · {roleName(person)}</span>
          </span>
        </>
      }
    >
      <ThemeFields />
      <LanguageField />
      {people.length > 1 && (
        <>
          <h2>{isOwn ? t.organizations() : t.lookAsSomebodyElse()}</h2>
          {!isOwn && <p className="muted small">{t.developmentSignIn()}</p>}
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
                <small>{isOwn ? roleName(one) : `${one.organizationName} · ${roleName(one)}`}</small>
              </button>
            ))}
          </div>
        </>
      )}
      {isOwn && <button type="button" onClick={onSignOut}>{t.signOut()}</button>}
    </Popover>
  )
}
