interface Card {
  readonly top: number
  readonly bottom: number
}

/**
 * Returns the places to which a screen scrolls one after the other, so that each card is seen whole.
 * A card that is higher than the screen is seen in parts. The head covers the top of the screen.
 */
export const stopsOf = (cards: ReadonlyArray<Card>, head: number, height: number): ReadonlyArray<number> => {
  const room = height - head
  const stopAfter = (at: number): number | undefined => {
    const cut = cards.filter(({ bottom }) => bottom > at + height)
    if (cut.length === 0 || room <= 0) return undefined
    const next = Math.min(...cut.map(({ top }) => top)) - head
    return next > at ? next : at + room
  }
  const stops = [0]
  for (let at = stopAfter(0); at !== undefined; at = stopAfter(at)) stops.push(at)
  return stops
}
