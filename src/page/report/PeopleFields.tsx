import { nobody, peopleOf } from "../../presentation/peopleCount.ts"
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
  const [only, ...others] = chosen
  if (others.length > 0) return peopleOf(chosen)
  return only === nobody ? "Nobody" : people.find(({ id }) => id === only)?.name ?? "1 person"
}

export const PeopleFields = ({ me, onChange, people, value }: PeopleFieldsProps) => {
  const shown = [
    ...people.filter(({ hasLeft }) => !hasLeft).map(({ id, name }) => ({ id, name, note: undefined })),
    ...people.filter(({ hasLeft }) => hasLeft).map(({ id, name }) => ({ id, name, note: "has left" })),
    { id: nobody, name: "Nobody", note: "rows without a person" }
  ]
  const ids = value === "everyone" ? shown.map(({ id }) => id) : value === "me" ? [me] : value
  const toggle = (id: string, isChosen: boolean) => {
    const next = isChosen ? [...ids, id] : ids.filter((other) => other !== id)
    if (next.length === 0) return onChange("me")
    onChange(next.length === shown.length ? "everyone" : next)
  }
  return (
    <div className="fields">
      <div className="segments" role="group" aria-label="Quick choice">
        <button type="button" aria-pressed={value === "everyone"} onClick={() => onChange("everyone")}>Everyone</button>
        <button type="button" aria-pressed={value === "me"} onClick={() => onChange("me")}>Only me</button>
      </div>
      <div className="checks scrolls" role="group" aria-label="People">
        {shown.map(({ id, name, note }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={ids.includes(id)}
              onChange={({ target }) => toggle(id, target.checked)}
            />
            <span>{name}</span>
            {note !== undefined && <span className="muted">{note}</span>}
          </label>
        ))}
      </div>
    </div>
  )
}
