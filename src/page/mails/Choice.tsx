import { useId } from "react"

interface ChoiceProps<A extends string> {
  readonly label: string
  readonly value: A
  readonly names: ReadonlyArray<readonly [value: A, name: string]>
  readonly onChange: (value: A) => void
}

export const Choice = <A extends string>({ label, names, onChange, value }: ChoiceProps<A>) => {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(names.find(([one]) => one === target.value)?.[0] ?? value)}
      >
        {names.map(([one, name]) => <option key={one} value={one}>{name}</option>)}
      </select>
    </>
  )
}
