import { type ClipboardEvent, useLayoutEffect, useRef } from "react"
import { cellKey, numberIn, numberText, pastedCells, textIn } from "./cells.ts"

export interface Row {
  readonly id: string
  readonly name: string
}

export interface Column extends Row {
  /** Names a cell together with its row, such as `Oct 2026`. */
  readonly longName: string
}

/** A column that is computed from the row, and cannot be changed. */
export interface ReadColumn {
  readonly name: string
  readonly textOf: (row: string) => string
}

export interface NumberTableProps {
  readonly caption: string
  readonly rowHead: string
  readonly rows: ReadonlyArray<Row>
  readonly columns: ReadonlyArray<Column>
  /** The id of the column that is in sight when the table opens, or has other columns. */
  readonly shownFirst?: string | undefined
  readonly more: ReadonlyArray<ReadColumn>
  readonly typed: ReadonlyMap<string, string>
  readonly valueOf: (row: string, column: string) => number | undefined
  readonly isRight: (number: number | null) => boolean
  readonly onType: (cells: ReadonlyMap<string, string>) => void
}

/** A table of numbers that can be typed, or pasted from a spreadsheet. */
export const NumberTable = (
  { caption, columns, isRight, more, onType, rowHead, rows, shownFirst, typed, valueOf }: NumberTableProps
) => {
  const scroll = useRef<HTMLDivElement>(null)
  const first = useRef<HTMLTableCellElement>(null)
  const start = columns[0]?.id
  useLayoutEffect(() => {
    const [area, cell] = [scroll.current, first.current]
    const rowHead = cell?.parentElement?.firstElementChild
    if (area !== null) area.scrollLeft = 0
    if (area === null || !cell || !rowHead) return
    const { right } = rowHead.getBoundingClientRect()
    const box = cell.getBoundingClientRect()
    // The row heads stay at the start, and only the table moves.
    if (box.right > area.getBoundingClientRect().right) area.scrollLeft = box.left - right
  }, [shownFirst, start])

  const isWrong = (text: string) => {
    const number = numberIn(text)
    return number === undefined || !isRight(number)
  }

  const paste = (row: number, column: number) => (event: ClipboardEvent<HTMLInputElement>) => {
    const lines = pastedCells(event.clipboardData.getData("text"))
    if (lines.length === 1 && lines[0]?.length === 1) return
    event.preventDefault()
    const cells = lines.flatMap((texts, below) =>
      texts.flatMap((text, after) => {
        const [into, under] = [rows[row + below], columns[column + after]]
        return into === undefined || under === undefined ? [] : [[cellKey(into.id, under.id), text] as const]
      })
    )
    onType(new Map(cells))
  }

  const tidy = (key: string, text: string) => () => {
    const number = numberIn(text)
    if (typed.has(key) && number !== undefined && number !== null) onType(new Map([[key, numberText(number)]]))
  }

  return (
    <div ref={scroll} className="target-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className={columns.length > 1 ? "target-table wide" : "target-table"}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{rowHead}</th>
            {columns.map(({ id, name }) => (
              <th key={id} ref={id === shownFirst ? first : undefined} scope="col" className="number">{name}</th>
            ))}
            {more.map(({ name }) => <th key={name} scope="col" className="number read">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((one, row) => (
            <tr key={one.id}>
              <th scope="row">{one.name}</th>
              {columns.map(({ id, longName }, column) => {
                const key = cellKey(one.id, id)
                const text = textIn(typed, valueOf)(one.id, id)
                return (
                  <td key={id}>
                    <input
                      inputMode="decimal"
                      aria-label={`${one.name}, ${longName}`}
                      aria-invalid={isWrong(text)}
                      className={typed.has(key) ? "changed" : undefined}
                      value={text}
                      onChange={({ target }) => onType(new Map([[key, target.value]]))}
                      onBlur={tidy(key, text)}
                      onPaste={paste(row, column)}
                    />
                  </td>
                )
              })}
              {more.map(({ name, textOf }) => <td key={name} className="number read">{textOf(one.id)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
