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

type Size = Pick<Place, "w" | "h">

export const flowed = (sizes: ReadonlyArray<Size>): ReadonlyArray<Place> => {
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

type Saved = { readonly [K in keyof Place]?: Place[K] | null }

/** Widgets without `x` or `y` follow below the others in rows, in their order. `sizeOf` is used for a missing size. */
export const placesOf = <A extends Saved>(
  widgets: ReadonlyArray<A>,
  sizeOf: (widget: A, index: number) => Size
): ReadonlyArray<Place> => {
  const sized = widgets.map((widget, index) => {
    const { h, w } = sizeOf(widget, index)
    return { x: widget.x ?? undefined, y: widget.y ?? undefined, w: widget.w ?? w, h: widget.h ?? h }
  })
  const isPlaced = (one: typeof sized[number]): one is Place => one.x !== undefined && one.y !== undefined
  const bottom = Math.max(0, ...sized.filter(isPlaced).map(({ h, y }) => y + h))
  const rows = flowed(sized.filter((one) => !isPlaced(one)))[Symbol.iterator]()
  return sized.map((one) => {
    if (isPlaced(one)) return one
    const place = rows.next().value ?? { ...one, x: 0, y: 0 }
    return { ...place, y: place.y + bottom }
  })
}
