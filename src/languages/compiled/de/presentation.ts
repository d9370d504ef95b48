// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural } from "@messageformat/runtime";
import { de } from "@messageformat/runtime/lib/cardinals";
import type { PresentationMessages } from "../presentation.ts"

export const presentation: PresentationMessages = {
  nobody: () => "niemand",
  people: (d) => plural(d.count, 0, de, { one: number("de", d.count, 0) + " Person", other: number("de", d.count, 0) + " Personen" }),
  peopleAndNobody: (d) => plural(d.count, 0, de, { one: number("de", d.count, 0) + " Person", other: number("de", d.count, 0) + " Personen" }) + " und niemand",
  wholeOrganization: () => "die ganze Organisation",
  inWords: () => "In Worten"
}
