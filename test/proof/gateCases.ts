import type { RunRequest } from "../../src/domain/Run.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import type { Question } from "../support/ask.ts"
import { randomTables } from "../support/randomTables.ts"
import { questionsOf } from "./questions.ts"
import { amongStrangers } from "./strangers.ts"
import { peopleOf, seenBy } from "./visible.ts"

const seed = 4
const tables = randomTables(seed)
const others = randomTables(seed + 1_000_003)

interface GateCase extends Question {
  /** The responses over `tables`, `visible` and `among` must be equal. */
  readonly tables: Tables
  /** Contains only the rows that the caller may see. */
  readonly visible: Tables
  /** Contains the rows that the caller may see, among rows of other people and organizations. */
  readonly among: Tables
}

/** A member asks for everyone, and an admin asks for chosen people. */
export const gateCases: ReadonlyArray<GateCase> = questionsOf(seed, tables).flatMap((question, index) => {
  if (index !== 1 && index !== 4) return []
  const people = peopleOf(question, tables)
  const { visible } = seenBy(question.caller, people, tables)
  const { comparePrevious: _compared, ...request } = question.request
  return [{ ...question, request, tables, visible, among: amongStrangers(question, people, visible, others) }]
})

/** Keeps each `every`-th widget. The timeframe is a year, so that there are rows to count. */
export const yearOf = ({ request: { widgets, ...selection } }: Question, every: number): RunRequest => ({
  ...selection,
  timeframe: { preset: "last_12m", bucket: "month" },
  widgets: widgets.filter((_, index) => index % every === 0).map(({ timeframe: _timeframe, ...widget }) => widget)
})
