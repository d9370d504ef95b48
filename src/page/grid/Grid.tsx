import { type ReactNode, useLayoutEffect, useMemo, useRef } from "react"
import { inTables } from "../../presentation/inTables.ts"
import type { CatalogEntry, Widget } from "../api/wire.ts"
import { itemsOf } from "./arrange.ts"

interface CellProps {
  readonly at: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly children: ReactNode
}

const Cell = ({ at: { h, w, x, y }, children }: CellProps) => {
  const cell = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const style = cell.current?.style
    style?.setProperty("--column", `${x + 1} / span ${w}`)
    style?.setProperty("--row", `${y + 1} / span ${h}`)
    style?.setProperty("--height", String(h))
  }, [x, y, w, h])
  return <div className="cell" ref={cell}>{children}</div>
}

interface GridProps {
  readonly widgets: ReadonlyArray<Widget>
  readonly isEditing?: boolean
  /** With it, rankings of a table are one card. */
  readonly catalog?: ReadonlyMap<string, CatalogEntry> | undefined
  readonly children: (widget: Widget, columns: ReadonlyArray<Widget>) => ReactNode
}

const noColumns: ReadonlyArray<Widget> = []

export const Grid = ({ catalog, children, isEditing = false, widgets }: GridProps) => {
  const cards = useMemo(
    () =>
      catalog === undefined
        ? widgets.map((widget) => ({ widget, columns: noColumns }))
        : inTables(widgets, catalog),
    [catalog, widgets]
  )
  const byId = new Map(cards.map((card) => [card.widget.instanceId, card]))
  const items = itemsOf(cards.map(({ widget }) => widget)).toSorted((a, b) => a.y - b.y || a.x - b.x)
  return (
    <div className={isEditing ? "grid editing" : "grid"}>
      {items.map(({ h, i, w, x, y }) => {
        const card = byId.get(i)
        return card === undefined
          ? null
          : <Cell key={i} at={{ x, y, w, h }}>{children(card.widget, card.columns)}</Cell>
      })}
    </div>
  )
}
