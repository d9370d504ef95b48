import { type PropsWithChildren, useEffect } from "react"
import { sentence } from "../api/Problem.ts"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { afterSave, changesOf, numberIn, type RowChange, textIn, textsOf, type Typed, withCells } from "./cells.ts"
import { NumberTable, type NumberTableProps, type ReadColumn } from "./NumberTable.tsx"
import { nothingTyped, useTyped } from "./typed.ts"

interface EditedNumbersProps extends Omit<NumberTableProps, "more" | "onType" | "typed"> {
  readonly table: string
  /** These columns are computed from the numbers in the cells. */
  readonly more: (numberOf: (row: string, column: string) => number | null) => ReadonlyArray<ReadColumn>
  readonly wrong: string
  readonly saved: string
  readonly onSave: (changes: ReadonlyArray<RowChange>) => Promise<void>
}

/** The stored numbers are drawn before the texts are removed, so no cell shows its old number for a moment. */
const drawn = () => new Promise<void>((done) => setTimeout(done))

/** Keeps what is typed into a table of numbers until it is saved. The children describe the table. */
export const EditedNumbers = (
  { children, more, onSave, saved, table, wrong, ...numbers }: PropsWithChildren<EditedNumbersProps>
) => {
  const { say, warn } = useSaying()
  const [{ sent, texts }, change, now] = useTyped(table)
  const { isRight, valueOf } = numbers
  const isSaving = sent !== undefined
  const textOf = textIn(texts, valueOf)
  const shown = textsOf(texts, numbers.rows)
  const changes = changesOf(shown, valueOf)
  const isWrong = [...shown.values()].some((text) => {
    const number = numberIn(text)
    return number === undefined || !isRight(number)
  })
  // A save that failed may have stored some of the numbers.
  useEffect(() => {
    const settled = (typed: Typed) => withCells(typed, new Map(), valueOf)
    if (settled(now()).texts.size < now().texts.size) change(settled)
  })
  const save = async () => {
    if (now().sent !== undefined) return
    change((typed) => ({ ...typed, sent: shown }))
    try {
      await onSave(changes).finally(drawn)
      change(afterSave)
      say(now().texts.size > 0 ? t.newerNotSaved({ saved }) : saved)
    } catch (failure) {
      change(({ texts: still }) => ({ texts: still }))
      warn(t.typedStillHere({ problem: sentence(failure) }))
    }
  }
  return (
    <>
      <NumberTable
        {...numbers}
        typed={texts}
        more={more((row, column) => numberIn(textOf(row, column)) ?? null)}
        onType={(cells) => change((typed) => withCells(typed, cells, valueOf))}
      />
      <div className="target-foot">
        <p className="muted small">{children}</p>
        <span className="spacer" />
        {isWrong && <span className="problem small" role="alert">{wrong}</span>}
        <button type="button" disabled={texts.size === 0 || isSaving} onClick={() => change(() => nothingTyped)}>
          {t.discard()}
        </button>
        <button
          type="button"
          className="primary"
          disabled={changes.length === 0 || isWrong || isSaving}
          onClick={() => void save()}
        >
          {t.save()}
        </button>
      </div>
    </>
  )
}
