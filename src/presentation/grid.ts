export const gridColumns = 12
const shortest = 2
const tallest = 24

export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const within = (value: number, least: number, most: number) =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : least

const bounded = ({ h, w, x, y }: Place): Place => {
  const width = within(w, 1, gridColumns)
  return { w: width, x: within(x, 0, gridColumns - width), y: Math.max(0, y), h: within(h, shortest, tallest) }
}

const overlaps = (a: Place, b: Place) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

const risen = (place: Place, above: ReadonlyArray<Place>): Place => {
  const rows = [0, ...above.map(({ h, y }) => y + h)].toSorted((a, b) => a - b)
  const y = rows.find((row) => !above.some((other) => overlaps({ ...place, y: row }, other))) ?? 0
  return { ...place, y }
}

export const compacted = <A extends Place>(cards: ReadonlyArray<A>): ReadonlyArray<A> => {
  const done: Array<A> = []
  for (const card of cards.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    done.push({ ...card, ...risen(bounded(card), done) })
  }
  return done.sort((a, b) => a.y - b.y || a.x - b.x)
}

export const flowed = (sizes: ReadonlyArray<Pick<Place, "w" | "h">>): ReadonlyArray<Place> => {
  const places: Array<Place> = []
  for (const { h, w } of sizes) {
    const before = places.at(-1)
    const x = before === undefined ? 0 : before.x + before.w
    const isNewRow = x + w > gridColumns
    const y = isNewRow ? Math.max(...places.map((place) => place.y + place.h)) : before?.y ?? 0
    places.push({ x: isNewRow ? 0 : x, y, w, h })
  }
  return places
}
