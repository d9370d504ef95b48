export const gridColumns = 12
/** A saved layout may name any row. Cards that name a later row are in this one before they rise. */
export const lastRow = 1_000
const shortest = 2
const tallest = 24

export interface Place {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Any client may have saved the layout, so positions can be outside the grid. */
export const within = (value: number, least: number, most: number) =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, Math.round(value))) : least

const bounded = ({ h, w, x, y }: Place): Place => {
  const width = within(w, 1, gridColumns)
  return { w: width, x: within(x, 0, gridColumns - width), y: within(y, 0, lastRow), h: within(h, shortest, tallest) }
}

const inRows = <A extends Place>(cards: ReadonlyArray<A>) => cards.toSorted((a, b) => a.y - b.y || a.x - b.x)

/** Each card goes up until another card stops it. A card that overlaps a card before it goes down instead. */
export const risen = <A extends Place>(cards: ReadonlyArray<A>): ReadonlyArray<A> => {
  const placed = new Map<A, A>()
  for (const card of inRows(cards)) {
    const near = [...placed.values()].filter(({ w, x }) => x < card.x + card.w && card.x < x + w)
    const isFree = (row: number) => near.every(({ h, y }) => row >= y + h || row + card.h <= y)
    let row = Math.min(card.y, Math.max(0, ...near.map(({ h, y }) => y + h)))
    while (!isFree(row)) row++
    while (row > 0 && isFree(row - 1)) row--
    placed.set(card, { ...card, y: row })
  }
  return cards.map((card) => placed.get(card) ?? card)
}

/** Files place their cards by the rule of the page, in rows. */
export const compacted = <A extends Place>(cards: ReadonlyArray<A>): ReadonlyArray<A> =>
  inRows(risen(cards.map((card) => ({ ...card, ...bounded(card) }))))

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
