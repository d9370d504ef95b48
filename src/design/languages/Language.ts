import type { Bucket } from "../../domain/Timeframe.ts"

export const concepts = [
  "lead",
  "deal",
  "task",
  "call",
  "email",
  "new",
  "won",
  "lost",
  "open",
  "reason",
  "rate",
  "value",
  "won value",
  "pipeline",
  "forecast",
  "weighted",
  "funnel",
  "cohort",
  "stage",
  "status",
  "source",
  "tag",
  "type",
  "buyer",
  "seller",
  "client",
  "conversion",
  "commission",
  "breakdown",
  "completed",
  "overdue",
  "overdue close",
  "pending",
  "time",
  "time status",
  "first",
  "close",
  "never",
  "never call",
  "unassigned",
  "reply",
  "outcome",
  "connect",
  "success",
  "direction",
  "inbound",
  "outbound",
  "duration",
  "talk",
  "person",
  "person ranking",
  "ranking",
  "won deal",
  "deal close time",
  "average value",
  "completed rate",
  "won rate",
  "conversion rate",
  "lead first call time",
  "average",
  "count",
  "trend",
  "overview",
  "email inbound",
  "email outbound"
] as const
type Concept = typeof concepts[number]

/** Words for a target. The phrases around them are those of the occasion `goals`. */
export const targets = {
  english: "target|targets|goal|goals|quota|quotas",
  german: "ziel|ziele|zielen|zieles|zielerreichung|sollwert|sollwerte|sollwerten|vorgabe|vorgaben|soll ist|plan ist",
  spanish: "objetivo|objetivos|meta|metas|cuota|cuotas"
}

/** A wish for an occasion, such as a meeting, gets the cards of one of these lists. */
export type Occasion = "work" | "team" | "goals" | "sources" | "pipeline" | "activity" | "overview"

/**
 * The words of one language, in lower case and without accents: `ü` is `ue`, and `ñ` is `n`. Lists of words are
 * separated by commas, and `*` stands for any ending. Other texts are parts of regular expressions.
 */
export interface Language {
  readonly concepts: Readonly<Record<Concept, string>>
  /** Other words for known statuses, by their English labels. */
  readonly statuses: Readonly<Record<"unqualified" | "bad timing", string>>
  /** Words before a part of a name, as in "only from the web". */
  readonly only: string
  /** Words that say nothing about a report, separated by spaces. */
  readonly silent: string
  /** Words that ask for people, and are no grouping. */
  readonly pronouns: string
  /** The words before a subject that the report must not have. */
  readonly negations: string
  /** Words that begin another clause, such as "but". */
  readonly contrasts: string
  /** Requests to change data, at the start of a wish. */
  readonly orders: string
  /** Each name stands for its words anywhere in the wish. */
  readonly occasions: Readonly<Record<Occasion, string>>
  /** Words such as "report", which stand for the overview only if a wish has no other content. */
  readonly reports: string
  readonly calendar: {
    readonly units: Readonly<Record<Bucket, string>>
    /** Words before and after a unit, as in "last month" and "mes pasado". */
    readonly last: string
    readonly lastAfter?: string
    readonly now: string
    readonly nowAfter?: string
    readonly next: string
    readonly nextAfter?: string
    /** Words before a timeframe. */
    readonly before: string
    readonly articles: string
    readonly today: string
    readonly yesterday: string
    readonly thisYear: string
    /** Words before a number of days, as in "within 60 days". */
    readonly within: string
    readonly allTime: string
    /** Compounds such as "Vormonat". */
    readonly lastUnits?: Readonly<Partial<Record<Bucket, string>>>
    readonly each: string
    readonly steps: Readonly<Record<Bucket, string>>
    readonly numbers: Readonly<Record<string, number>>
    readonly months: ReadonlyArray<string>
    readonly ordinals: readonly [string, string, string, string]
    readonly half: string
    readonly since: string
    /** Words before the first of two dates that "and" joins. */
    readonly between: string
    /** Words before the first of two dates that a word of `until` joins. */
    readonly from: string
    readonly until: string
    /** Words before the day of a state in the past. */
    readonly asOf: string
    readonly compared: string
    readonly previousPeriod: string
    /** Words before and after a unit, as in "the month before". */
    readonly previous: string
    readonly previousAfter: string
  }
  /** Words of charts. */
  readonly charts: Readonly<Record<"area" | "line" | "bar" | "donut" | "pie" | "radar" | "radial", string>>
  readonly chartNoun: string
}
