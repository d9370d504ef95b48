import { type PropsWithChildren, useEffect, useState } from "react"
import { sentence } from "../api/Problem.ts"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { usePending } from "../shell/usePending.ts"
import { changesOf, numberIn, type RowChange, textIn } from "./cells.ts"
import { NumberTable, type NumberTableProps, type ReadColumn } from "./NumberTable.tsx"

interface EditedNumbersProps extends Omit<NumberTableProps, "more" | "onType" | "typed"> {
  /** These columns are computed from the numbers in the cells. */
  readonly more: (numberOf: (row: string, column: string) => number) => ReadonlyArray<ReadColumn>
  readonly wrong: string
  readonly saved: string
  readonly onSave: (changes: ReadonlyArray<RowChange>) => Promise<void>
}

const nothingTyped: ReadonlyMap<string, string> = new Map()

/** Keeps what is typed into a table of numbers until it is saved. The children describe the table. */
export const EditedNumbers = (
  { children, more, onSave, saved, wrong, ...table }: PropsWithChildren<EditedNumbersProps>
) => {
  const { say, warn } = useSaying()
  const [typed, setTyped] = useState(nothingTyped)
  const { isPending: isSaving, run } = usePending()
  const textOf = textIn(typed, table.valueOf)
  const changes = changesOf(typed, table.valueOf)
  const isDirty = changes.length > 0
  const isWrong = [...typed.values()].some((text) => {
    const number = numberIn(text)
    return number === undefined || !table.isRight(number)
  })
  useEffect(() => {
    if (!isDirty) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [isDirty])
  const save = async () => {
    try {
      await onSave(changes)
      setTyped(nothingTyped)
      say(saved)
    } catch (failure) {
      warn(t.typedStillHere({ problem: sentence(failure) }))
    }
  }
  return (
    <>
      <NumberTable
        {...table}
        typed={typed}
        more={more((row, column) => numberIn(textOf(row, column)) ?? 0)}
        onType={(cells) => setTyped(new Map([...typed, ...cells]))}
      />
      <div className="target-foot">
        <p className="muted small">{children}</p>
        <span className="spacer" />
        {isWrong && <span className="problem small" role="alert">{wrong}</span>}
        <button type="button" disabled={typed.size === 0 || isSaving} onClick={() => setTyped(nothingTyped)}>
          {t.discard()}
        </button>
        <button
          type="button"
          className="primary"
          disabled={!isDirty || isWrong || isSaving}
          onClick={() => void run(save)}
        >
          {t.save()}
        </button>
      </div>
    </>
  )
}
