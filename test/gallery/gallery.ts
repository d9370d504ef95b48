import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Document } from "../../src/documents/Document.ts"
import { pdf } from "../../src/documents/pdf.ts"
import { picture } from "../../src/documents/picture.ts"
import { png } from "../../src/documents/render.ts"
import { flowed } from "../../src/presentation/grid.ts"
import { documentWith } from "../support/documentWith.ts"
import { demoCards } from "./demo.ts"
import { cohortCards, extremeCards, funnelCards, hostileCards, peopleCards, type Sized, stateCards } from "./edges.ts"

/** The pictures of every chart, shape and theme are written to this folder, for people to look at. */
const folder = join(import.meta.dirname, "..", "..", "gallery")

const documentOf = (title: string, cards: ReadonlyArray<Sized>, theme: Document["theme"]) => {
  const places = flowed(cards)
  const placed = cards.flatMap((card, index) => {
    const place = places[index]
    return place === undefined ? [] : [{ ...card, ...place }]
  })
  return documentWith(placed, { title, theme, timeZone: "Europe/Madrid" })
}

/** With an argument, only files whose names begin with it are written. */
const wanted = process.argv[2] ?? ""

const draw = (name: string, cards: ReadonlyArray<Sized>) => {
  if (!name.startsWith(wanted)) return
  for (const theme of ["light", "dark"] as const) {
    const svg = picture(documentOf(name, cards, theme))
    const file = join(folder, `${name}-${theme}`)
    writeFileSync(`${file}.svg`, svg.markup)
    writeFileSync(`${file}.png`, png(svg))
  }
}

mkdirSync(folder, { recursive: true })
draw("states", stateCards)
draw("extremes", extremeCards)
draw("hostile", hostileCards)
draw("funnels", funnelCards)
draw("cohorts", cohortCards)
draw("people", peopleCards)
const demo = await demoCards()
const report = demo.filter(({ title }, index) => !title.includes(" by ") || index % 9 === 0).slice(0, 24)
const pages = [["report", report], ["hostile", hostileCards], ["states", stateCards], ["people", peopleCards]] as const
await Promise.all(
  pages.filter(([name]) => name.startsWith(wanted)).map(async ([name, cards]) => {
    const file = await pdf(documentOf(`${name} #read("/etc/passwd") *bold*`, cards, "light"))
    if (file !== undefined) writeFileSync(join(folder, `${name}.pdf`), file)
  })
)
const sheet = 24
for (let at = 0; at < demo.length; at += sheet) draw(`demo-${1 + at / sheet}`, demo.slice(at, at + sheet))
const narrow = demo.filter(({ title }, index) => !title.includes(" by ") || index % 3 === 0)
draw("narrow", narrow.filter((_, index) => index % 2 === 0).map((card) => ({ ...card, w: 2, h: 4 })))
