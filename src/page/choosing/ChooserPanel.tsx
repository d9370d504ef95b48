import { Combobox, ComboboxItem, ComboboxList, ComboboxProvider } from "@ariakit/react/combobox"
import { type RefObject, type UIEvent, useEffect, useMemo, useState } from "react"
import { locale, t } from "../shell/messages.ts"
import { atEnd, hasKeyboard } from "../shell/TypedField.tsx"
import "../style/chooser.css"
import { type Choice, chosenFirst, type ChosenValues, found, toggled } from "./Choice.ts"

export interface Choosing {
  readonly heading: string
  /** The name of the choice that narrows nothing. */
  readonly all: string
  readonly choices: ReadonlyArray<Choice>
  readonly chosen: ChosenValues
  readonly isWhole: boolean
  /** A choice that has a button of its own, such as the person who chooses. */
  readonly shortcut?: { readonly value: string; readonly label: string } | undefined
  readonly onChange: (chosen: ChosenValues) => void
}

interface ChooserPanelProps extends Choosing {
  /** The text that was typed while this panel was loaded. */
  readonly typed: RefObject<string>
  readonly onDone: () => void
}

/** Each drawn row costs time at each key, so more rows are drawn only when the list is scrolled. */
const step = 24

const isNearEnd = ({ currentTarget: { clientHeight, scrollHeight, scrollTop } }: UIEvent) =>
  scrollTop + clientHeight > scrollHeight - 100

const write = (count: number) => new Intl.NumberFormat(locale()).format(count)

export const ChooserPanel = (props: ChooserPanelProps) => {
  const { all, choices, chosen, heading, isWhole, onChange, onDone, shortcut, typed } = props
  const [text, setText] = useState(typed.current)
  useEffect(() => {
    typed.current = ""
  }, [typed])
  const [count, setCount] = useState(step)
  /** Choosing nothing is only a beginning: the page never sends it. */
  const [isNone, setNone] = useState(false)
  const [ordered] = useState(() => chosenFirst(choices, chosen))
  const matching = useMemo(() => found(ordered, text), [ordered, text])
  const whole = isWhole ? choices.map(({ value }) => value) : []
  const ticked = isNone ? [] : chosen ?? whole
  const choose = (next: ChosenValues) => {
    setNone(next?.length === 0)
    if (next?.length !== 0) onChange(next)
  }
  const only = (value: string) => {
    onChange([value])
    onDone()
  }
  const shown = matching.slice(0, count)
  const isOnly = (value: string) => !isNone && chosen?.length === 1 && chosen[0] === value
  return (
    <ComboboxProvider
      open
      focusLoop
      value={text}
      setValue={(next) => {
        setText(next)
        setCount(step)
      }}
      selectedValue={[...ticked]}
    >
      <Combobox
        className="choices-search"
        autoFocus={hasKeyboard()}
        onFocus={atEnd}
        autoSelect="always"
        placeholder={t.chooserSearch()}
        aria-label={t.chooserSearch()}
      />
      <div className="segments" role="group" aria-label={t.chooserQuick()}>
        <button type="button" aria-pressed={!isNone && chosen === undefined} onClick={() => choose(undefined)}>
          {all}
        </button>
        {shortcut !== undefined && (
          <button
            type="button"
            aria-pressed={isOnly(shortcut.value)}
            onClick={() => only(shortcut.value)}
          >
            {shortcut.label}
          </button>
        )}
        <button type="button" aria-pressed={isNone} onClick={() => setNone(true)}>
          {t.chooserNone()}
        </button>
      </div>
      <ComboboxList
        alwaysVisible
        className="choices"
        aria-label={heading}
        onScroll={(event) => {
          if (isNearEnd(event) && count < matching.length) setCount(count + step)
        }}
      >
        {shown.map(({ label, note, value }) => (
          <ComboboxItem
            key={value}
            value={value}
            className="choice"
            focusOnHover
            hideOnClick={false}
            resetValueOnSelect={false}
            selectValueOnClick={false}
            setValueOnClick={false}
            onClick={(event) => {
              const isBox = event.target instanceof Element && event.target.closest(".choice-box") !== null
              if (isBox || event.shiftKey) choose(toggled(value, ticked, choices, isWhole))
              else only(value)
            }}
          >
            <span className="choice-box" aria-hidden="true" />
            <span className="choice-label" dir="auto">{label}</span>
            {note !== undefined && <small className="muted">{note}</small>}
            <span className="choice-only" aria-hidden="true">{t.chooserOnly()}</span>
          </ComboboxItem>
        ))}
      </ComboboxList>
      <p className="choices-hint" role="status">
        {matching.length === 0 && t.chooserNothingFound()}
        {shown.length < matching.length && t.chooserMore({ shown: write(shown.length), count: write(matching.length) })}
        {matching.length > 0 && isNone && ` ${t.chooserNothingChosen()}`}
      </p>
      <p className="choices-keys" aria-hidden="true">
        <kbd>{t.keyEnter()}</kbd> {t.chooserOnlyThis()} <kbd>{t.keyShiftEnter()}</kbd> {t.chooserAddOrRemove()}
      </p>
    </ComboboxProvider>
  )
}
