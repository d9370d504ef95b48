import type { Filters, Options } from "../api/wire.ts"

interface FilterFieldsProps {
  readonly options: Options
  readonly value: Filters
  readonly onChange: (filters: Filters) => void
  readonly kinds?: ReadonlyArray<string>
}

const leadTypes = [
  { value: "buyer", label: "Buyer" },
  { value: "seller", label: "Seller" },
  { value: "~none", label: "Unknown" }
]

const withUnknown = (sources: Options["sources"]) =>
  sources.some(({ value }) => value === "~none") ? sources : [...sources, { value: "~none", label: "Unknown" }]

const kindsOf = ({ sources, statuses, tags: all }: Options) => {
  const tags = all.map(({ id, name }) => ({ value: id, label: name }))
  return [
    { key: "tag", label: "Tags", choices: tags },
    { key: "source", label: "Sources", choices: sources },
    { key: "status", label: "Statuses", choices: statuses },
    { key: "leadTag", label: "Tags of the lead", choices: tags },
    { key: "leadSource", label: "Sources of the lead", choices: withUnknown(sources) },
    { key: "leadType", label: "Types of the lead", choices: leadTypes }
  ]
}

export const ofLeads = ["tag", "source", "status"]

const withValues = (filters: Filters, key: string, values: ReadonlyArray<string>): Filters => {
  const others = Object.entries(filters).filter(([other]) => other !== key)
  return Object.fromEntries(values.length === 0 ? others : [...others, [key, values]])
}

export const FilterFields = ({ kinds = ofLeads, onChange, options, value }: FilterFieldsProps) => (
  <div className="fields">
    {kindsOf(options).filter(({ key }) => kinds.includes(key)).map(({ choices, key, label }) => {
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
