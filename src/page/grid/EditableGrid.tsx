import { type ReactNode, useCallback, useMemo } from "react"
import { GridLayout, type LayoutItem, useContainerWidth } from "react-grid-layout"
import "react-grid-layout/css/styles.css"
import type { Widget } from "../api/wire.ts"
import { columns, gap, itemsOf, placedAt, rowHeight } from "./arrange.ts"

interface EditableGridProps {
  readonly widgets: ReadonlyArray<Widget>
  readonly onArrange: (widgets: ReadonlyArray<Widget>) => void
  readonly children: (widget: Widget) => ReactNode
}

const gridConfig = { cols: columns, rowHeight, margin: [gap, gap], containerPadding: [0, 0] } as const
const dragConfig = { enabled: true, handle: ".card-head", cancel: "button,select,input" }
const resizeConfig = { enabled: true, handles: ["se", "e", "s"] } as const

export const EditableGrid = ({ children, onArrange, widgets }: EditableGridProps) => {
  const { containerRef, mounted, width } = useContainerWidth({ measureBeforeMount: true })
  const layout = useMemo(() => itemsOf(widgets), [widgets])
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
