import { type ReactNode, useLayoutEffect, useMemo, useRef } from "react"
import { inTables } from "../../presentation/inTables.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { useCatalog } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, Widget } from "../api/wire.ts"
import { TableCard, type TableCardProps } from "../card/TableCard.tsx"
import { Icon } from "../shell/Icon.tsx"
import { locale, localization, t } from "../shell/messages.ts"
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

/** This line replaces the cards whose numbers are only for admins. */
const ForAdmins = ({ widgets }: { readonly widgets: ReadonlyArray<Widget> }) => {
  const metrics = useCatalog()
  const titles = widgets.map((widget) => titleOf(widget, metrics.get(widget.metricId), localization()))
  return (
    <p className="for-admins muted">
      <Icon name="lock" />
      {t.onlyForAdmins({ count: widgets.length, titles: new Intl.ListFormat(locale()).format(titles) })}
    </p>
  )
}

interface TablesProps {
  readonly widgets: ReadonlyArray<Widget>
  readonly catalog: ReadonlyMap<string, CatalogEntry>
  readonly run: TableCardProps["run"]
}

/** While a report is edited, the columns of a table are cards, and the table is shown above them. */
export const Tables = ({ catalog, run, widgets }: TablesProps) => {
  const tables = inTables(widgets, catalog).filter(({ columns }) => columns.length > 0)
  return tables.map(({ columns, widget: { instanceId, table = "" } }) => (
    <div key={instanceId} className="table-preview">
      <p className="muted">{t.tableOfCards({ count: columns.length, title: table })}</p>
      <TableCard columns={columns} metrics={catalog} run={run} />
    </div>
  ))
}

const noSeries: ReadonlyMap<string, MetricSeries> = new Map()

interface GridProps {
  readonly widgets: ReadonlyArray<Widget>
  readonly series?: ReadonlyMap<string, MetricSeries>
  readonly isEditing?: boolean
  /** With it, rankings of a table are one card. */
  readonly catalog?: ReadonlyMap<string, CatalogEntry> | undefined
  readonly children: (widget: Widget, columns: ReadonlyArray<Widget>) => ReactNode
}

const noColumns: ReadonlyArray<Widget> = []

export const Grid = ({ catalog, children, isEditing = false, series = noSeries, widgets }: GridProps) => {
  const { cards, gated } = useMemo(() => {
    const isGated = ({ instanceId }: Widget) => !isEditing && series.get(instanceId)?.meta?.gated !== undefined
    const open = widgets.filter((widget) => !isGated(widget))
    return {
      gated: widgets.filter(isGated),
      cards: catalog === undefined || isEditing
        ? open.map((widget) => ({ widget, columns: noColumns }))
        : inTables(open, catalog)
    }
  }, [catalog, isEditing, series, widgets])
  const byId = new Map(cards.map((card) => [card.widget.instanceId, card]))
  const items = itemsOf(cards.map(({ widget }) => widget)).toSorted((a, b) => a.y - b.y || a.x - b.x)
  return (
    <>
      <div className={isEditing ? "grid editing" : "grid"}>
        {items.map(({ h, i, w, x, y }) => {
          const card = byId.get(i)
          return card === undefined
            ? null
            : <Cell key={i} at={{ x, y, w, h }}>{children(card.widget, card.columns)}</Cell>
        })}
      </div>
      {gated.length > 0 && <ForAdmins widgets={gated} />}
    </>
  )
}
