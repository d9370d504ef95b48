import type { Filters, Options } from "../api/wire.ts"

interface FilterFieldsProps {
  readonly options: Options
  readonly value: Filters
  readonly onChange: (filters: Filters) => void
  readonly kinds?: ReadonlyArray<string>
}

const kindsOf = ({ sources, statuses, tags }: Options) => [
  { key: "tag", label: "Tags", choices: tags.map(({ id, name }) => ({ value: id, label: name })) },
  { key: "source", label: "Sources", choices: sources },
  { key: "status", label: "Statuses", choices: statuses }
]

const withValues = (filters: Filters, key: string, values: ReadonlyArray<string>): Filters => {
  const others = Object.entries(filters).filter(([other]) => other !== key)
  return Object.fromEntries(values.length === 0 ? others : [...others, [key, values]])
}

export const FilterFields = ({ kinds, onChange, options, value }: FilterFieldsProps) => (
  <div className="fields">
    {kindsOf(options).filter(({ key }) => kinds?.includes(key) ?? true).map(({ choices, key, label }) => {
      const chosen = value[key] ?? []
      return (
        <fieldset key={key} className="chips">
          <legend>{label}</legend>
          {choices.map((choice) => (
            <label key={choice.value} className="chip">
              <input
                type="checkbox"
                checked={chosen.includes(choice.value)}
                onChange={({ target }) =>
                  onChange(withValues(
                    value,
                    key,
                    target.checked ? [...chosen, choice.value] : chosen.filter((one) => one !== choice.value)
                  ))}
              />
              <span>{choice.label}</span>
            </label>
          ))}
          {choices.length === 0 && <p className="muted">There are none yet.</p>}
        </fieldset>
      )
    })}
  </div>
)
