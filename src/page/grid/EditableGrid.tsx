import { type ReactNode, useCallback, useEffect, useMemo, useRef } from "react"
import { type Compactor, GridLayout, type LayoutItem, useContainerWidth } from "react-grid-layout"
import "react-grid-layout/css/styles.css"
import { risen } from "../../presentation/grid.ts"
import type { Widget } from "../api/wire.ts"
import { useIsCoarse } from "../shell/useMedia.ts"
import { gap, itemsOf, placedAt, rowHeight } from "./arrange.ts"
import { columns, dropped } from "./arrangements.ts"

interface EditableGridProps {
  readonly widgets: ReadonlyArray<Widget>
  readonly onArrange: (widgets: ReadonlyArray<Widget>) => void
  readonly children: (widget: Widget) => ReactNode
}

const gridConfig = { cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] } as const
const resizeConfig = { enabled: true, handles: ["se", "e", "s"] } as const

/** Escape cancels a drag or a resize. The library knows only its end, so it is told that the button is released. */
const useDrag = () => {
  const drag = useRef<"going" | "cancelled">(undefined)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || drag.current === undefined) return
      event.preventDefault()
      event.stopPropagation()
      drag.current = "cancelled"
      document.dispatchEvent(new MouseEvent("mouseup"))
    }
    addEventListener("keydown", onKey, true)
    return () => removeEventListener("keydown", onKey, true)
  }, [])
  return drag
}

export const EditableGrid = ({ children, onArrange, widgets }: EditableGridProps) => {
  const { containerRef, mounted, width } = useContainerWidth({ measureBeforeMount: true })
  const layout = useMemo(() => itemsOf(widgets), [widgets])
  const drag = useDrag()
  const isCoarse = useIsCoarse()
  /** A finger scrolls on the head of a card, and drags its grip. */
  const dragConfig = useMemo(() => ({
    enabled: true,
    handle: isCoarse ? ".grip" : ".card-head",
    cancel: "button:not(.grip),select,input"
  }), [isCoarse])
  /** The grid only marks the card that is dragged, and changes the items. All cards are placed from where they were before. */
  const compactor = useMemo((): Compactor => ({
    type: "vertical",
    allowOverlap: true,
    compact: (items) => {
      const dragged = items.find(({ moved }) => moved)
      const placed = dragged === undefined ? risen(items) : dropped(layout, dragged.i, dragged)
      return (drag.current === "cancelled" ? layout : placed).map((item) => ({ ...item, moved: false }))
    }
  }), [drag, layout])
  const begin = useCallback(() => {
    drag.current = "going"
  }, [drag])
  const end = useCallback((items: ReadonlyArray<LayoutItem>) => {
    const isCancelled = drag.current === "cancelled"
    drag.current = undefined
    if (!isCancelled) onArrange(placedAt(widgets, items))
  }, [drag, onArrange, widgets])
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
          onDragStart={begin}
          onDragStop={end}
          onResizeStart={begin}
          onResizeStop={end}
        >
          {widgets.map((widget) => <div key={widget.instanceId}>{children(widget)}</div>)}
        </GridLayout>
      )}
    </div>
  )
}
