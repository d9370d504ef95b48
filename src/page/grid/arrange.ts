import type { LayoutItem } from "react-grid-layout/core"
import { lastRow, type Place, placesOf, risen, within } from "../../presentation/grid.ts"
import type { Widget } from "../api/wire.ts"
import { arrangementsOf, changesOf, columns, inFreeRoom, type Items, least, without } from "./arrangements.ts"

export const rowHeight = 40
export const gap = 12
export const smallest = { w: 2, h: 2 }
const tallest = 40

const itemOf = (instanceId: string, { h, w, x, y }: Place): LayoutItem => {
  const width = within(w, 1, columns)
  return {
    i: instanceId,
    x: within(x, 0, columns - width),
    y: within(y, 0, lastRow),
    w: width,
    h: within(h, 1, tallest),
    minW: smallest.w,
    minH: smallest.h
  }
}

export const itemsOf = (widgets: ReadonlyArray<Widget>): ReadonlyArray<LayoutItem> => {
  const places = placesOf(widgets, ({ chart }) => sizeOf(chart))
  return risen(widgets.flatMap(({ instanceId }, index) => {
    const place = places[index]
    return place === undefined ? [] : [itemOf(instanceId, place)]
  }))
}

const hasPlaceOf = (one: Partial<Place>, other: Partial<Place>) =>
  one.x === other.x && one.y === other.y && one.w === other.w && one.h === other.h

/** A widget that does not move stays the same object, so React does not draw it again. */
export const placedAt = (widgets: ReadonlyArray<Widget>, items: ReadonlyArray<LayoutItem>): ReadonlyArray<Widget> => {
  const byId = new Map(items.map((item) => [item.i, item]))
  return widgets.map((widget) => {
    const at = byId.get(widget.instanceId)
    if (at === undefined) return widget
    const { h, w, x, y } = at
    return hasPlaceOf(widget, at) ? widget : { ...widget, x, y, w, h }
  })
}

export type Step = "left" | "right" | "up" | "down"

const steps = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const

/** A card moves one column or row into free room, or else to the nearest place in this direction at which it leaves no holes. */
export const moved = (widgets: ReadonlyArray<Widget>, id: string, step: Step): ReadonlyArray<Widget> => {
  const items = itemsOf(widgets)
  const item = items.find(({ i }) => i === id)
  if (item === undefined) return widgets
  const [dx, dy] = steps[step]
  const [axis, across, by, size] = dx === 0 ? ["y", "x", dy, item.w] as const : ["x", "y", dx, item.h] as const
  const isAhead = (next: Items) =>
    next.some((one) => one.i === id && (one[axis] - item[axis]) * by > 0 && Math.abs(one[across] - item[across]) < size)
  const free = inFreeRoom(items, item, { x: item.x + dx, y: item.y + dy }, 0)
  const next = free && isAhead(free) ?
    free :
    least(arrangementsOf(items, item).filter(isAhead), item, (place, next) => [
      Math.abs(place[across] - item[across]),
      Math.abs(place[axis] - item[axis]),
      changesOf(items, next)
    ])
  return placedAt(widgets, next ?? items)
}

export const resized = (widgets: ReadonlyArray<Widget>, id: string, step: Step): ReadonlyArray<Widget> => {
  const [dx, dy] = steps[step]
  const items = itemsOf(widgets).map((item) =>
    item.i === id
      ? { ...item, w: within(item.w + dx, smallest.w, columns - item.x), h: within(item.h + dy, smallest.h, tallest) }
      : item
  )
  return placedAt(widgets, risen(items))
}

export const removed = (widgets: ReadonlyArray<Widget>, id: string): ReadonlyArray<Widget> => {
  const items = itemsOf(widgets)
  const item = items.find(({ i }) => i === id)
  const others = widgets.filter(({ instanceId }) => instanceId !== id)
  return item === undefined ? widgets : placedAt(others, without(items, item))
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
