import { nobody, peopleOf } from "../../presentation/peopleCount.ts"
import type { Options } from "../api/wire.ts"
import type { Chosen } from "../report/View.ts"
import { localization, t } from "../shell/messages.ts"
import type { Choice, ChosenValues } from "./Choice.ts"
import { Chooser } from "./Chooser.tsx"

export const peopleName = (chosen: Chosen, people: Options["people"]): string => {
  if (chosen === "everyone") return t.peopleEveryone()
  if (chosen === "me") return t.peopleOnlyMe()
  const [only, ...others] = chosen
  if (others.length > 0) return peopleOf(chosen, localization())
  return only === nobody
    ? t.peopleNobody()
    : people.find(({ id }) => id === only)?.name ?? peopleOf(chosen, localization())
}

const choicesOf = (people: Options["people"]): ReadonlyArray<Choice> => [
  ...people.filter(({ hasLeft }) => !hasLeft).map(({ id, name }) => ({ value: id, label: name })),
  ...people.filter(({ hasLeft }) => hasLeft).map(({ id, name }) => ({
    value: id,
    label: name,
    note: t.peopleHasLeft()
  })),
  { value: nobody, label: t.peopleNobody(), note: t.peopleNobodyNote() }
]

interface PeopleChooserProps {
  readonly heading: string
  readonly people: Options["people"]
  readonly value: Chosen
  readonly usual: Chosen
  readonly me: string
  readonly onChange: (chosen: Chosen) => void
}

export const PeopleChooser = ({ heading, me, onChange, people, usual, value }: PeopleChooserProps) => {
  const isUsual = JSON.stringify(value) === JSON.stringify(usual)
  const choose = (values: ChosenValues) => {
    if (values === undefined) onChange("everyone")
    else onChange(values.length === 1 && values[0] === me ? "me" : values)
  }
  return (
    <Chooser
      icon="people"
      heading={heading}
      label={peopleName(value, people)}
      isActive={!isUsual}
      all={t.peopleEveryone()}
      isWhole
      shortcut={{ value: me, label: t.peopleOnlyMe() }}
      choices={choicesOf(people)}
      chosen={value === "everyone" ? undefined : value === "me" ? [me] : value}
      onChange={choose}
      onUndo={isUsual ? undefined : () => onChange(usual)}
    />
  )
}
