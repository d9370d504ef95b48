import { cloneLayout, type LayoutItem, moveElement, verticalCompactor } from "react-grid-layout/core"
import { type Place, placesOf } from "../../presentation/grid.ts"
import type { Widget } from "../api/wire.ts"

export const columns = 12
export const rowHeight = 40
export const gap = 12
export const smallest = { w: 2, h: 2 }
const tallest = 40

/** Any client may have saved the layout, so positions can be outside the grid. */
const whole = (value: number, minimum: number, maximum: number) =>
  Math.min(maximum, Math.max(minimum, Math.round(Number.isFinite(value) ? value : minimum)))

const itemOf = (instanceId: string, { h, w, x, y }: Place): LayoutItem => {
  const width = whole(w, 1, columns)
  return {
    i: instanceId,
    x: whole(x, 0, columns - width),
    y: whole(y, 0, 1_000),
    w: width,
    h: whole(h, 1, tallest),
    minW: smallest.w,
    minH: smallest.h
  }
}

const compact = (items: ReadonlyArray<LayoutItem>): ReadonlyArray<LayoutItem> =>
  verticalCompactor.compact(items, columns)

export const itemsOf = (widgets: ReadonlyArray<Widget>): ReadonlyArray<LayoutItem> => {
  const places = placesOf(widgets, ({ chart }) => sizeOf(chart))
  return compact(widgets.flatMap(({ instanceId }, index) => {
    const place = places[index]
    return place === undefined ? [] : [itemOf(instanceId, place)]
  }))
}

/** A widget that does not move stays the same object, so React does not draw it again. */
export const placedAt = (widgets: ReadonlyArray<Widget>, items: ReadonlyArray<LayoutItem>): ReadonlyArray<Widget> => {
  const byId = new Map(items.map((item) => [item.i, item]))
  return widgets.map((widget) => {
    const at = byId.get(widget.instanceId)
    if (at === undefined) return widget
    const { h, w, x, y } = at
    const stays = widget.x === x && widget.y === y && widget.w === w && widget.h === h
    return stays ? widget : { ...widget, x, y, w, h }
  })
}

export type Step = "left" | "right" | "up" | "down"

const steps = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const

type Axis = "x" | "y"

const extent = { x: "w", y: "h" } as const

const endOf = (item: LayoutItem, axis: Axis) => item[axis] + item[extent[axis]]

const isWithin = (item: LayoutItem, whole: LayoutItem, axis: Axis) =>
  item[axis] >= whole[axis] && endOf(item, axis) <= endOf(whole, axis)

const isEqual = (one: LayoutItem, other: LayoutItem, axis: Axis) =>
  one[axis] === other[axis] && endOf(one, axis) === endOf(other, axis)

const overlaps = (one: LayoutItem, other: LayoutItem) =>
  one.i !== other.i &&
  (["x", "y"] as const).every((axis) => one[axis] < endOf(other, axis) && other[axis] < endOf(one, axis))

/** The cards that stop this card one step further. */
const inTheWay = (items: ReadonlyArray<LayoutItem>, item: LayoutItem, axis: Axis, by: number) =>
  items.filter((other) => overlaps(other, { ...item, [axis]: item[axis] + by }))

const isMoved = (items: ReadonlyArray<LayoutItem>, item: LayoutItem, axis: Axis, by: number) =>
  items.some(({ i, [axis]: at }) => i === item.i && (at - item[axis]) * by > 0)

/**
 * The card changes places with the cards in its way, if these fill the same rows or columns. Cards beside it that are
 * in the way of a larger card go with it. Returns undefined if this would leave holes, or would not move the card.
 */
const exchanged = (items: ReadonlyArray<LayoutItem>, item: LayoutItem, axis: Axis, by: number) => {
  const across = axis === "x" ? "y" : "x"
  const ahead = inTheWay(items, item, axis, by)
  const [next] = ahead
  if (next === undefined) return undefined
  const isPart = isWithin(item, next, across)
  const going = isPart ? inTheWay(items, next, axis, -by) : [item]
  const isWhole = ahead.every((one) => isEqual(one, next, axis) && (isPart || isWithin(one, item, across))) &&
    going.every((one) => isEqual(one, item, axis) && (!isPart || isWithin(one, next, across)))
  if (!isWhole) return undefined
  const placed = items.map((one) => {
    const far = going.includes(one) ? next[extent[axis]] : ahead.includes(one) ? -item[extent[axis]] : 0
    return { ...one, [axis]: one[axis] + by * far }
  })
  if (placed.some((one) => placed.some((other) => overlaps(one, other)))) return undefined
  const after = compact(placed)
  return isMoved(after, item, axis, by) ? after : undefined
}

/** The card goes as far as it must be dragged until it has another place. */
const dragged = (items: ReadonlyArray<LayoutItem>, card: LayoutItem, axis: Axis, by: number) => {
  const most = Math.max(...items.map((one) => endOf(one, axis)))
  for (let far = 1; far <= most; far++) {
    const tried = cloneLayout(items)
    const item = tried.find(({ i }) => i === card.i)
    if (item === undefined) return items
    const at = { x: item.x, y: item.y, [axis]: item[axis] + by * far }
    if (at.x < 0 || at.x > columns - item.w || at.y < 0) return items
    const placed = compact(moveElement(tried, item, at.x, at.y, true, false, "vertical", columns, false))
    if (isMoved(placed, card, axis, by)) return placed
  }
  return items
}

/** A card moves one column into free room, or changes places with the cards in its way, or else moves as when it is dragged. */
export const moved = (widgets: ReadonlyArray<Widget>, id: string, step: Step): ReadonlyArray<Widget> => {
  const items = itemsOf(widgets)
  const item = items.find(({ i }) => i === id)
  if (item === undefined) return widgets
  const [dx, dy] = steps[step]
  const [axis, by] = dx === 0 ? ["y", dy] as const : ["x", dx] as const
  return placedAt(widgets, exchanged(items, item, axis, by) ?? dragged(items, item, axis, by))
}

export const resized = (widgets: ReadonlyArray<Widget>, id: string, step: Step): ReadonlyArray<Widget> => {
  const [dx, dy] = steps[step]
  const items = itemsOf(widgets).map((item) =>
    item.i === id
      ? { ...item, w: whole(item.w + dx, smallest.w, columns - item.x), h: whole(item.h + dy, smallest.h, tallest) }
      : item
  )
  return placedAt(widgets, compact(items))
}

const placeOf = ({ x, y }: LayoutItem) => ({ x, y })

const isEarlier = (one: LayoutItem, other: LayoutItem) => one.y < other.y || (one.y === other.y && one.x < other.x)

/** Each card is as high up as it can be below the cards before it, and comes after the card before it. */
const inOrder = (items: ReadonlyArray<LayoutItem>): ReadonlyArray<LayoutItem> => {
  const bottoms = Array.from({ length: columns }, () => 0)
  const placed: Array<LayoutItem> = []
  for (const item of items) {
    const [first] = Array.from({ length: columns - item.w + 1 }, (_, x) => ({
      ...item,
      x,
      y: Math.max(...bottoms.slice(x, x + item.w))
    })).filter((at) => placed.every((before) => isEarlier(before, at))).toSorted((a, b) => a.y - b.y || a.x - b.x)
    if (first === undefined) continue
    placed.push(first)
    bottoms.fill(first.y + first.h, first.x, first.x + first.w)
  }
  return placed
}

/** A phone shows the cards row by row in one column. There, the card changes places with the one above or below it. */
export const reordered = (
  widgets: ReadonlyArray<Widget>,
  id: string,
  step: "up" | "down"
): ReadonlyArray<Widget> | undefined => {
  const items = itemsOf(widgets).toSorted((a, b) => a.y - b.y || a.x - b.x)
  const at = items.findIndex(({ i }) => i === id)
  const [item, other] = [items[at], items[step === "up" ? at - 1 : at + 1]]
  if (item === undefined || other === undefined) return undefined
  const changing = new Map([[item.i, other], [other.i, item]])
  if (item.w === other.w && item.h === other.h) {
    return placedAt(widgets, items.map((one) => ({ ...one, ...placeOf(changing.get(one.i) ?? one) })))
  }
  return placedAt(widgets, inOrder(items.map((one) => changing.get(one.i) ?? one)))
}

export const freePlace = (
  widgets: ReadonlyArray<Widget>,
  size: { readonly w: number; readonly h: number }
): { readonly x: number; readonly y: number } => {
  const items = itemsOf(widgets)
  const bottom = Math.max(0, ...items.map(({ h, y }) => y + h))
  const isFree = (x: number, y: number) =>
    items.every((item) => x + size.w <= item.x || item.x + item.w <= x || y + size.h <= item.y || item.y + item.h <= y)
  for (let y = 0; y < bottom; y++) {
    for (let x = 0; x <= columns - size.w; x++) if (isFree(x, y)) return { x, y }
  }
  return { x: 0, y: bottom }
}

export const sizeOf = (chart: string): { readonly w: number; readonly h: number } => {
  if (chart === "stat" || chart === "radial") return { w: 3, h: 3 }
  if (chart === "leaderboard") return { w: 6, h: 8 }
  return chart === "pie" || chart === "donut" || chart === "radar" ? { w: 4, h: 7 } : { w: 6, h: 7 }
}
