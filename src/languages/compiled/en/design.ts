// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck

import type { DesignMessages } from "../design.ts"

export const design: DesignMessages = {
  order: () => "A draft only shows numbers. It changes, sends, and deletes nothing.",
  fixed: (d) => "The dates of “" + d.words + "” are fixed, because no preset is as long: they do not move with time.",
  nobody: () => "A draft counts everybody's rows. To see only the rows of nobody, choose Nobody under people in the report.",
  ownOnly: () => "You count only your own rows, so the rows of nobody are not shown.",
  past: () => "Open deals and overdue tasks are counted as they are now. Their state in the past is not known.",
  spelling: (d) => "“" + d.word + "” was read as “" + d.read + "”.",
  meaning: (d) => "“" + d.word + "” has several meanings. It was read as in “" + d.label + "”.",
  mine: () => "A draft counts everybody's rows. To see only your own, choose yourself under people in the report.",
  target: () => "The cards show the targets that an admin has set. A number in the wish sets no target.",
  lowest: () => "A ranking begins with the highest value.",
  all: (d) => "A draft does not limit a ranking to " + d.amount + " rows.",
  unfiltered: (d) => "The filter " + d.name + " does not apply to: " + d.labels + ".",
  template: (d) => "The wish names no metric. This is the nearest template: " + d.title + ".",
  none: () => "This service has no model.",
  busy: () => "The model is busy with other drafts.",
  spent: () => "The limit of drafts by the model is reached for now.",
  unavailable: () => "The model cannot be reached.",
  late: () => "The model did not answer in time.",
  refused: () => "The model refused the wish.",
  unusable: () => "The model gave no valid draft.",
  searched: () => "Words of the catalog were searched.",
  byDimension: (d) => "by " + d.dimension,
  onlyNames: (d) => "only " + d.names,
  withinDays: (d) => "within " + d.days + " days",
  compared: () => "compared to the time before",
  span: (d) => d.from + " to " + d.to,
  newReport: () => "New report"
}
