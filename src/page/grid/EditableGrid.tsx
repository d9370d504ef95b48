import { type ReactNode, useCallback, useMemo } from "react"
import { type Compactor, GridLayout, type LayoutItem, useContainerWidth } from "react-grid-layout"
import "react-grid-layout/css/styles.css"
import type { Widget } from "../api/wire.ts"
import { gap, itemsOf, placedAt, rowHeight } from "./arrange.ts"
import { columns, compact, dropped } from "./arrangements.ts"

interface EditableGridProps {
  readonly widgets: ReadonlyArray<Widget>
  readonly onArrange: (widgets: ReadonlyArray<Widget>) => void
  readonly children: (widget: Widget) => ReactNode
}

const gridConfig = { cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] } as const
const dragConfig = { enabled: true, handle: ".card-head", cancel: "button:not(.grip),select,input" }
const resizeConfig = { enabled: true, handles: ["se", "e", "s"] } as const

export const EditableGrid = ({ children, onArrange, widgets }: EditableGridProps) => {
  const { containerRef, mounted, width } = useContainerWidth({ measureBeforeMount: true })
  const layout = useMemo(() => itemsOf(widgets), [widgets])
  /** The grid only marks the card that is dragged, and changes the items. All cards are placed from where they were before. */
  const compactor = useMemo((): Compactor => ({
    type: "vertical",
    allowOverlap: true,
    compact: (items) => {
      const dragged = items.find(({ moved }) => moved)
      const placed = dragged === undefined ? compact(items) : dropped(layout, dragged.i, dragged)
      return placed.map((item) => ({ ...item, moved: false }))
    }
  }), [layout])
  const arrange = useCallback(
    (items: ReadonlyArray<LayoutItem>) => onArrange(placedAt(widgets, items)),
    [onArrange, widgets]
  )
  return (
    <div ref={containerRef} className="editable-grid">
      {mounted && (
        <GridLayout
          width={width}
          layout={[...layout]}
          gridConfig={gridConfig}
          compactor={compactor}
          dragConfig={dragConfig}
          resizeConfig={resizeConfig}
          onDragStop={arrange}
          onResizeStop={arrange}
        >
          {widgets.map((widget) => <div key={widget.instanceId}>{children(widget)}</div>)}
        </GridLayout>
      )}
    </div>
  )
}
