import type { Place } from "../presentation/grid.ts"

/** A band is a group of cards whose rows overlap. A page break never splits it. */
interface Band<A extends Place> {
  readonly top: number
  readonly rows: number
  readonly cards: ReadonlyArray<A>
}

/** Each card reaches down to the card below it, or to the bottom. So cards in one row end in one line. */
const filled = <A extends Place>(cards: ReadonlyArray<A>, bottom: number): ReadonlyArray<A> =>
  cards.map((card) => {
    const below = cards.filter(({ w, x, y }) => y >= card.y + card.h && x < card.x + card.w && card.x < x + w)
    return { ...card, h: Math.min(bottom, ...below.map(({ y }) => y)) - card.y }
  })

export const bandsOf = <A extends Place>(cards: ReadonlyArray<A>, most: number): ReadonlyArray<Band<A>> => {
  const bands: Array<Array<A>> = []
  const bottomOf = (band: ReadonlyArray<A>) => Math.max(...band.map((card) => card.y + card.h))
  for (const card of cards) {
    const band = bands.at(-1)
    if (band === undefined || card.y >= bottomOf(band)) bands.push([card])
    else band.push(card)
  }
  return bands.flatMap((band) => {
    const top = Math.min(...band.map(({ y }) => y))
    const rows = bottomOf(band) - top
    if (rows <= most) return [{ top, rows, cards: filled(band, top + rows) }]
    return band.map((card) => {
      const h = Math.min(card.h, most)
      return { top: card.y, rows: h, cards: [{ ...card, h }] }
    })
  })
}
