import type { LayoutItem } from "react-grid-layout/core"
import { risen } from "../../presentation/grid.ts"

export const columns = 12

export type Items = ReadonlyArray<LayoutItem>

interface At {
  readonly x: number
  readonly y: number
}

type Axis = "x" | "y"

const extent = { x: "w", y: "h" } as const

const endOf = (item: LayoutItem, axis: Axis) => item[axis] + item[extent[axis]]

const overlaps = (one: LayoutItem, other: LayoutItem) =>
  one.i !== other.i &&
  (["x", "y"] as const).every((axis) => one[axis] < endOf(other, axis) && other[axis] < endOf(one, axis))

/** The other cards that stop these cards one step further. */
const inTheWay = (items: Items, group: Items, axis: Axis, by: number) =>
  items.filter((other) =>
    !group.includes(other) && group.some((one) => overlaps(other, { ...one, [axis]: one[axis] + by }))
  )

const spanOf = (items: Items, axis: Axis) =>
  Math.max(...items.map((one) => endOf(one, axis))) - Math.min(...items.map((one) => one[axis]))

/** The card changes places with the cards in its way. Cards beside it that are in the way of those go with it. */
const exchanged = (items: Items, item: LayoutItem, axis: Axis, by: number): Items | undefined => {
  const groups = { going: [item], ahead: inTheWay(items, [item], axis, by) }
  if (groups.ahead.length === 0) return undefined
  for (let size = 0; size < groups.going.length + groups.ahead.length;) {
    size = groups.going.length + groups.ahead.length
    const { ahead, going } = groups
    going.push(...inTheWay(items, ahead, axis, -by).filter((one) => !going.includes(one)))
    ahead.push(...inTheWay(items, going, axis, by).filter((one) => !ahead.includes(one)))
  }
  const { ahead, going } = groups
  const [far, near] = [by * spanOf(ahead, axis), -by * spanOf(going, axis)]
  const placed = items.map((one) => {
    const step = going.includes(one) ? far : ahead.includes(one) ? near : 0
    return { ...one, [axis]: one[axis] + step }
  })
  const isPossible = placed.every((one) =>
    Math.min(one.x, one.y) >= 0 && endOf(one, "x") <= columns && placed.every((other) => !overlaps(one, other))
  )
  return isPossible ? risen(placed) : undefined
}

/** The card changes places again and again in one direction. */
const exchangesOf = (items: Items, { i }: LayoutItem): ReadonlyArray<Items> =>
  ([["x", -1], ["x", 1], ["y", -1], ["y", 1]] as const).flatMap(([axis, by]) => {
    const found: Array<Items> = []
    for (let now = items;;) {
      const item = now.find((one) => one.i === i)
      const next = item && exchanged(now, item, axis, by)
      const at = next?.find((one) => one.i === i)
      if (item === undefined || next === undefined || at === undefined || (at[axis] - item[axis]) * by <= 0) {
        return found
      }
      found.push(next)
      now = next
    }
  })

const at = (item: LayoutItem, { x, y }: At): LayoutItem => ({
  ...item,
  x: Math.max(0, Math.min(x, columns - item.w)),
  y: Math.max(0, y)
})

const swapped = (items: Items, item: LayoutItem, other: LayoutItem): Items =>
  risen(items.map((one) => one === item ? at(item, other) : one === other ? at(other, item) : one))

/** The places along one axis at which the card begins or ends where another card or the grid does. */
const edgesOf = (items: Items, item: LayoutItem, axis: Axis): ReadonlyArray<number> => {
  const most = axis === "x" ? columns - item.w : Infinity
  const size = item[extent[axis]]
  const edges = items.flatMap((other) => {
    const [begin, end] = [other[axis], endOf(other, axis)]
    return other === item ? [begin] : [begin, end, begin - size, end - size]
  })
  return [...new Set([0, ...edges, ...(axis === "x" ? [most] : [])])].filter((edge) => edge >= 0 && edge <= most)
}

/** Puts the card at this place, and all cards that begin there or below it further down. */
const pushed = (items: Items, item: LayoutItem, { x, y }: At): Items =>
  risen(items.map((one) => one === item ? at(item, { x, y }) : one.y < y ? one : { ...one, y: one.y + item.h }))

/** This number is higher with each free cell above a card, and with each row of the report. */
const holesOf = (items: Items) => {
  const bottoms = Array.from(
    { length: columns },
    (_, x) => Math.max(0, ...items.filter((one) => one.x <= x && x < endOf(one, "x")).map((one) => endOf(one, "y")))
  )
  return bottoms.reduce((sum, bottom) => sum + bottom, columns * Math.max(...bottoms))
}

/** All arrangements with this card at another place that leave no more holes than there are. */
export const arrangementsOf = (items: Items, item: LayoutItem): ReadonlyArray<Items> => {
  const most = holesOf(items)
  const swaps = items.filter((one) => one !== item).map((other) => swapped(items, item, other))
  const [rows, places] = [edgesOf(items, item, "y"), edgesOf(items, item, "x")]
  const pushes = rows.flatMap((y) => places.map((x) => pushed(items, item, { x, y })))
  return [...swaps, ...exchangesOf(items, item), ...pushes].filter((next) => holesOf(next) <= most)
}

/** Returns the arrangement with the lowest figures: the first figure counts, then the second one, and so on. */
export const least = (
  arrangements: ReadonlyArray<Items>,
  item: LayoutItem,
  figuresOf: (place: LayoutItem, next: Items) => ReadonlyArray<number>
): Items | undefined => {
  const [first] = arrangements.flatMap((next) => {
    const place = next.find(({ i }) => i === item.i)
    return place === undefined ? [] : [{ next, figures: figuresOf(place, next) }]
  }).toSorted((a, b) =>
    a.figures.map((figure, index) => figure - (b.figures[index] ?? 0)).find((difference) => difference !== 0) ?? 0
  )
  return first?.next
}

const widthOf = (items: Items) => items.reduce((sum, { w }) => sum + w, 0)

/** The card with the cards of its height in its row, unless a gap is between. */
const besides = (items: Items, item: LayoutItem): Items => {
  const level = items.filter(({ h, y }) => y === item.y && h === item.h)
  return level.filter(({ x }) => {
    const [from, to] = [Math.min(x, item.x), Math.max(x, item.x)]
    return widthOf(level.filter((one) => from <= one.x && one.x < to)) === to - from
  })
}

/** The cards beside the card take its room, in proportion to their widths. */
const widened = (items: Items, item: LayoutItem): Items => {
  const row = besides(items, item)
  const others = row.filter((one) => one !== item)
  const begin = Math.min(...row.map(({ x }) => x))
  const shareOf = (width: number) => begin + Math.round(width * widthOf(row) / widthOf(others))
  return items.filter((one) => one !== item).map((one) => {
    if (!others.includes(one)) return one
    const before = widthOf(others.filter(({ x }) => x < one.x))
    const x = shareOf(before)
    return { ...one, x, w: shareOf(before + one.w) - x }
  })
}

/** The number of free cells. */
const roomOf = (items: Items) =>
  Math.max(0, ...items.map((one) => endOf(one, "y"))) * columns - items.reduce((sum, { h, w }) => sum + h * w, 0)

/** The cards below the removed card go up, or the cards of its height in its row become wider if this leaves fewer cells free. */
export const without = (items: Items, item: LayoutItem): Items => {
  const [up, wide] = [risen(items.filter((one) => one !== item)), risen(widened(items, item))]
  return roomOf(up) <= roomOf(wide) ? up : wide
}

/** The number of cards that change their place. */
export const changesOf = (before: Items, next: Items) =>
  next.filter((one) => !before.some(({ i, x, y }) => i === one.i && x === one.x && y === one.y)).length

/** The card at this place, or at an edge at most `reach` columns beside it, if the room is free. */
export const inFreeRoom = (items: Items, item: LayoutItem, { x, y }: At, reach: number): Items | undefined => {
  const near = edgesOf(items, item, "x").filter((edge) => Math.abs(edge - x) <= reach)
  const free = [...near.toSorted((a, b) => Math.abs(a - x) - Math.abs(b - x)), x].map((edge) =>
    at(item, { x: edge, y })
  )
    .find((tried) => items.every((other) => !overlaps(tried, other)))
  return free && risen(items.map((one) => one === item ? free : one))
}

/** A card that is dropped goes into free room, or else to the nearest place at which it leaves no holes. */
export const dropped = (items: Items, i: string, { x, y }: At): Items => {
  const item = items.find((one) => one.i === i)
  if (item === undefined) return items
  return inFreeRoom(items, item, { x, y }, 1) ?? least([items, ...arrangementsOf(items, item)], item, (place, next) => [
    Math.abs(place.x - x) + Math.abs(place.y - y),
    changesOf(items, next)
  ]) ?? items
}
