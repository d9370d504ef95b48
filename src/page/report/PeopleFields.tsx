import type { Options } from "../api/wire.ts"
import type { Chosen } from "./View.ts"

interface PeopleFieldsProps {
  readonly people: Options["people"]
  readonly value: Chosen
  readonly me: string
  readonly onChange: (chosen: Chosen) => void
}

export const peopleName = (chosen: Chosen, people: Options["people"]): string => {
  if (chosen === "everyone") return "Everyone"
  if (chosen === "me") return "Only me"
  if (chosen.length === 1) return people.find(({ id }) => id === chosen[0])?.name ?? "1 person"
  return `${chosen.length} people`
}

export const PeopleFields = ({ me, onChange, people, value }: PeopleFieldsProps) => {
  const active = people.filter(({ hasLeft }) => !hasLeft)
  const left = people.filter(({ hasLeft }) => hasLeft)
  const ids = value === "everyone" ? people.map(({ id }) => id) : value === "me" ? [me] : value
  const toggle = (id: string, isChosen: boolean) => {
    const next = isChosen ? [...ids, id] : ids.filter((other) => other !== id)
    if (next.length === 0) return onChange("me")
    onChange(next.length === people.length ? "everyone" : next)
  }
  return (
    <div className="fields">
      <div className="segments" role="group" aria-label="Quick choice">
        <button type="button" aria-pressed={value === "everyone"} onClick={() => onChange("everyone")}>Everyone</button>
        <button type="button" aria-pressed={value === "me"} onClick={() => onChange("me")}>Only me</button>
      </div>
      <div className="checks scrolls" role="group" aria-label="People">
        {[...active, ...left].map(({ hasLeft, id, name }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={ids.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            <span>{name}</span>
            {hasLeft && <span className="muted">has left</span>}
          </label>
        ))}
      </div>
    </div>
  )
}
