import type { InputHTMLAttributes, RefObject } from "react"

interface TypedFieldProps extends Pick<InputHTMLAttributes<HTMLInputElement>, "autoFocus" | "className"> {
  readonly label: string
  /** Gets the letters. */
  readonly typed: RefObject<string>
}

/** Stands for the field of a search while its code is loaded, so that no letters are lost. */
export const TypedField = ({ label, typed, ...field }: TypedFieldProps) => (
  <input
    {...field}
    data-focus
    aria-label={label}
    placeholder={label}
    defaultValue={typed.current}
    onChange={({ target }) => {
      typed.current = target.value
    }}
  />
)

/** Without a keyboard, a field that gets the focus covers the list. */
export const hasKeyboard = () => !matchMedia("(pointer: coarse)").matches

/** A field that has letters already is written on at its end. */
export const atEnd = ({ target }: { readonly target: EventTarget }) => {
  if (target instanceof HTMLInputElement) target.setSelectionRange(target.value.length, target.value.length)
}
