import { type ReactNode, useLayoutEffect, useRef } from "react"
import type { Widget } from "../api/wire.ts"
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
  readonly children: (widget: Widget) => ReactNode
}

export const Grid = ({ children, isEditing = false, widgets }: GridProps) => {
  const byId = new Map(widgets.map((widget) => [widget.instanceId, widget]))
  const items = itemsOf(widgets).toSorted((a, b) => a.y - b.y || a.x - b.x)
  return (
    <div className={isEditing ? "grid editing" : "grid"}>
      {items.map(({ h, i, w, x, y }) => {
        const widget = byId.get(i)
        return widget === undefined ? null : <Cell key={i} at={{ x, y, w, h }}>{children(widget)}</Cell>
      })}
    </div>
  )
}
