// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural } from "@messageformat/runtime";
import { es } from "@messageformat/runtime/lib/cardinals";
import type { PresentationMessages } from "../presentation.ts"

export const presentation: PresentationMessages = {
  nobody: () => "nadie",
  people: (d) => plural(d.count, 0, es, { one: number("es", d.count, 0) + " persona", other: number("es", d.count, 0) + " personas" }),
  peopleAndNobody: (d) => plural(d.count, 0, es, { one: number("es", d.count, 0) + " persona", other: number("es", d.count, 0) + " personas" }) + " y nadie",
  wholeOrganization: () => "toda la organización",
  inWords: () => "En palabras"
}
