import { newId } from "../api/newId.ts"
import type { Layout, People, Report, Timeframe, UpdateReport, Visibility, Widget } from "../api/wire.ts"
import { freePlace, itemsOf, placedAt, sizeOf } from "../grid/arrange.ts"
import { t } from "../shell/messages.ts"

export interface Draft {
  readonly title: string
  readonly description: string | null
  readonly visibility: Visibility
  readonly people: ReadonlyArray<string>
  readonly defaultTimeframe: Timeframe
  readonly defaultFilters: unknown
  readonly defaultPeople: People | null
  /** Unknown properties of the layout are saved unchanged. */
  readonly layout: Layout
}

/** The service refuses half of a surrogate pair. */
export const cut = (title: string, length: number): string => title.slice(0, length).replace(/[\ud800-\udbff]$/, "")

export const copyOf = (draft: Draft | Report): Draft => ({
  ...draftOf(draft),
  title: t.copyTitle({ title: cut(draft.title, 112) })
})

export const draftOf = (
  { defaultFilters, defaultPeople, defaultTimeframe, description, layout, people, title, visibility }: Draft | Report
): Draft => ({
  title,
  description,
  visibility,
  people,
  defaultTimeframe,
  defaultFilters,
  defaultPeople,
  layout
})

export const withWidgets = (draft: Draft, widgets: ReadonlyArray<Widget>): Draft => ({
  ...draft,
  layout: { ...draft.layout, widgets }
})

/** The copy has the first free place of its size. */
export const withCopy = (draft: Draft, widget: Widget): Draft => {
  const { widgets } = draft.layout
  const { h, w } = itemsOf(widgets).find(({ i }) => i === widget.instanceId) ?? sizeOf(widget.chart)
  return withWidgets(draft, [...widgets, { ...widget, instanceId: newId(), w, h, ...freePlace(widgets, { w, h }) }])
}

const placesOf = (widgets: ReadonlyArray<Widget>) => new Map(itemsOf(widgets).map((item) => [item.i, item]))

/**
 * Puts a removed card back, unless it is there again. The cards that the removal made wider or moved up get their places
 * of `before`, but a width and a row that were changed after the removal stay.
 */
export const withRemoved = (
  draft: Draft,
  removed: Widget,
  { after, before }: Readonly<Record<"after" | "before", ReadonlyArray<Widget>>>
): Draft => {
  const { widgets } = draft.layout
  if (widgets === after) return withWidgets(draft, before)
  if (widgets.some(({ instanceId }) => instanceId === removed.instanceId)) return draft
  const [was, left] = [placesOf(before), placesOf(after)]
  const places = itemsOf(widgets).map((now) => {
    const [old, one] = [was.get(now.i), left.get(now.i)]
    if (old === undefined || one === undefined) return now
    const { w, x } = now.x === one.x && now.w === one.w ? old : now
    return { ...now, x, w, y: now.y === one.y ? old.y : now.y }
  })
  const back = placedAt(widgets, places).toSpliced(before.indexOf(removed), 0, removed)
  return withWidgets(draft, placedAt(back, itemsOf(back)))
}

export const withWidget = (draft: Draft, instanceId: string, change: (widget: Widget) => Widget): Draft =>
  withWidgets(
    draft,
    draft.layout.widgets.map((widget) => widget.instanceId === instanceId ? change(widget) : widget)
  )

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export const sameDraft = (a: Draft, b: Draft): boolean => a === b || equal(draftOf(a), draftOf(b))

/** Only changed fields are saved, so that other people's changes stay. */
export const changesBetween = (before: Draft, after: Draft): UpdateReport => ({
  ...(before.title !== after.title && { title: after.title }),
  ...(before.description !== after.description && { description: after.description }),
  ...(!equal([before.visibility, before.people], [after.visibility, after.people]) && {
    visibility: after.visibility,
    ...(after.visibility === "people" && { people: after.people })
  }),
  ...(!equal(before.defaultTimeframe, after.defaultTimeframe) && { defaultTimeframe: after.defaultTimeframe }),
  ...(!equal(before.defaultFilters, after.defaultFilters) && { defaultFilters: after.defaultFilters }),
  ...(!equal(before.defaultPeople, after.defaultPeople) && { defaultPeople: after.defaultPeople }),
  ...(!equal(before.layout, after.layout) && { layout: after.layout })
})
