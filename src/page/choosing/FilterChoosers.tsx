import type { Filters, Options } from "../api/wire.ts"
import { withValues } from "../report/View.ts"
import { t } from "../shell/messages.ts"
import { type Choice, withUnlisted } from "./Choice.ts"
import { Chooser } from "./Chooser.tsx"

const withUnknown = (sources: Options["sources"]): ReadonlyArray<Choice> =>
  sources.some(({ value }) => value === "~none") ? sources : [...sources, { value: "~none", label: t.filterUnknown() }]

interface Kind {
  readonly key: string
  /** Such as `Sources`, `Source: Portal` and `Sources: 2`. */
  readonly name: (values: { readonly count: number; readonly name: string }) => string
  readonly choices: ReadonlyArray<Choice>
  /** A lead without tags has none of them, so all tags together are not everything. */
  readonly isWhole: boolean
}

const kindsOf = ({ sources, statuses, tags: all }: Options): ReadonlyArray<Kind> => {
  const tags = all.map(({ id, name }) => ({ value: id, label: name }))
  const leadTypes = [
    { value: "buyer", label: t.filterBuyer() },
    { value: "seller", label: t.filterSeller() },
    { value: "~none", label: t.filterUnknown() }
  ]
  return [
    { key: "tag", name: t.filterTags, choices: tags, isWhole: false },
    { key: "source", name: t.filterSources, choices: sources, isWhole: true },
    { key: "status", name: t.filterStatuses, choices: statuses, isWhole: true },
    { key: "leadTag", name: t.filterLeadTags, choices: tags, isWhole: false },
    { key: "leadSource", name: t.filterLeadSources, choices: withUnknown(sources), isWhole: true },
    { key: "leadType", name: t.filterLeadTypes, choices: leadTypes, isWhole: true }
  ]
}

export const ofLeads = ["tag", "source", "status"]

interface FilterChoosersProps {
  readonly options: Options
  readonly value: Filters
  /** A choice that is taken back becomes this one. */
  readonly usual?: Filters
  readonly kinds: ReadonlyArray<string>
  readonly onChange: (filters: Filters) => void
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

export const FilterChoosers = ({ kinds, onChange, options, usual = {}, value }: FilterChoosersProps) =>
  kindsOf(options).filter(({ key }) => kinds.includes(key)).map((kind) => {
    const { isWhole, key, name } = kind
    const chosen = value[key] ?? []
    const choices = withUnlisted(kind.choices, chosen)
    if (choices.length === 0) return null
    const before = same(chosen, usual[key]) ? undefined : usual[key]
    return (
      <Chooser
        key={key}
        icon="filter"
        heading={name({ count: 0, name: "" })}
        label={name({ count: chosen.length, name: choices.find(({ value }) => value === chosen[0])?.label ?? "" })}
        isActive={chosen.length > 0}
        all={t.chooserAll()}
        isWhole={isWhole}
        choices={choices}
        chosen={chosen.length === 0 ? undefined : chosen}
        onChange={(values) => onChange(withValues(value, key, values))}
        onUndo={chosen.length === 0 ? undefined : () => onChange(withValues(value, key, before))}
      />
    )
  })
