// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
import type { PresentationMessages } from "../presentation.ts"

export const presentation: PresentationMessages = {
  nobody: () => "nobody",
  people: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " person", other: number("en", d.count, 0) + " people" }),
  peopleAndNobody: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " person", other: number("en", d.count, 0) + " people" }) + " and nobody",
  wholeOrganization: () => "the whole organization",
  inWords: () => "In words"
}
