import type { ClipboardEvent } from "react"
import { cellKey, numberIn, pastedCells } from "./cells.ts"

export interface Owner {
  readonly id: string
  readonly name: string
}

interface TargetTableProps {
  readonly caption: string
  readonly owners: ReadonlyArray<Owner>
  readonly months: ReadonlyArray<string>
  readonly typed: ReadonlyMap<string, string>
  readonly valueOf: (owner: string, month: string) => number | undefined
  readonly format: (value: number) => string
  readonly onType: (cells: ReadonlyMap<string, string>) => void
}

const monthName = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" })
const nameOf = (month: string) => monthName.format(new Date(`${month}-01T00:00:00Z`))

export const TargetTable = (
  { caption, format, months, onType, owners, typed, valueOf }: TargetTableProps
) => {
  const textOf = (owner: string, month: string) =>
    typed.get(cellKey(owner, month)) ?? valueOf(owner, month)?.toString() ?? ""
  const totalOf = (owner: string) => months.reduce((total, month) => total + (numberIn(textOf(owner, month)) ?? 0), 0)

  const paste = (row: number, column: number) => (event: ClipboardEvent<HTMLInputElement>) => {
    const rows = pastedCells(event.clipboardData.getData("text"))
    if (rows.length === 1 && rows[0]?.length === 1) return
    event.preventDefault()
    const cells = rows.flatMap((texts, below) =>
      texts.flatMap((text, after) => {
        const [owner, month] = [owners[row + below], months[column + after]]
        return owner === undefined || month === undefined ? [] : [[cellKey(owner.id, month), text] as const]
      })
    )
    onType(new Map(cells))
  }

  return (
    <div className="target-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="target-table">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">For</th>
            {months.map((month) => <th key={month} scope="col" className="number">{nameOf(month)}</th>)}
            <th scope="col" className="number">Year</th>
          </tr>
        </thead>
        <tbody>
          {owners.map(({ id, name }, row) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {months.map((month, column) => {
                const text = textOf(id, month)
                return (
                  <td key={month}>
                    <input
                      inputMode="decimal"
                      aria-label={`${name}, ${nameOf(month)} ${month.slice(0, 4)}`}
                      aria-invalid={numberIn(text) === undefined}
                      className={typed.has(cellKey(id, month)) ? "changed" : undefined}
                      value={text}
                      onChange={({ target }) => onType(new Map([[cellKey(id, month), target.value]]))}
                      onPaste={paste(row, column)}
                    />
                  </td>
                )
              })}
              <td className="number">{format(totalOf(id))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
