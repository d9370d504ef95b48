import type { Role } from "../domain/Caller.ts"
import { aheadPresets } from "../domain/Timeframe.ts"
import type { DesignMessages } from "../languages/compiled/design.ts"
import { type Answered, isOnlyClients, isWide, missingOf, narrowed } from "./answers.ts"
import { type Card, distinct, supportedFilters } from "./Card.ts"
import { isExcluded, type Match, matchesFor } from "./cardsFor.ts"
import { chartOf } from "./chartOf.ts"
import { clausesOf, withSubject } from "./clauses.ts"
import { comparisonOf, isComparable } from "./comparison.ts"
import type { Found } from "./draftOf.ts"
import { filtersFrom, filtersOf, type Names } from "./filtersOf.ts"
import type { MetricIndex } from "./metricIndex.ts"
import { isReport, occasionIn, suggestionOf } from "./occasions.ts"
import { read, withPeriods } from "./read.ts"
import { namesFor, type Timed, timeIn, timesOf, untoldTimes } from "./scopes.ts"
import { amount, daysIn, type Today } from "./spans.ts"
import { asksForTarget, canHaveTarget, ofAttainment, targetPresets } from "./targets.ts"
import { bucketFor, usualPresets } from "./timeframeOf.ts"
import { hasName, ineffective, ownRowsIn, rankingNotes, readings, unfilteredNotes } from "./told.ts"
import { anyOf, silent } from "./vocabulary.ts"
import { foldedText, take, type Word, wordsOf } from "./words.ts"

const maxCards = 12
const maxClauses = 40

const unit = anyOf(({ calendar: { units } }) => Object.values(units).join("|"))
const pattern = new RegExp(`(?<!\\S)${anyOf(({ calendar }) => calendar.within)} ${amount} ${unit}(?!\\S)`)

const ofConversion: ReadonlySet<string> = new Set(["conversion", "client", "cohort"])
const isOfConversion = (concepts: ReadonlyArray<string>): boolean =>
  concepts.some((concept) => ofConversion.has(concept))

/** Deals that close in a timeframe after now are a forecast. */
const ofClosing: ReadonlySet<string> = new Set(["deal", "won", "close"])

/** "Within 60 days" is a number of days after the entry of a lead only in a wish about leads that become clients. */
const daysWithin = (words: ReadonlyArray<Word>, index: MetricIndex) => {
  const taken = take(words, pattern)
  const isMeant = taken !== undefined &&
    read(taken.rest, index.words).some(({ concepts = [] }) => isOfConversion(concepts))
  return isMeant ? { days: daysIn(taken.found[0] ?? ""), text: taken.text, rest: taken.rest } : undefined
}

/** If a part of a wish has cards of these shapes, its comparison leaves out its other cards. */
const ofComparison: ReadonlySet<string> = new Set(["timeseries", "stat"])

/** A wish may name its metrics and one of these occasions, as in "Monday meeting: pipeline and calls". */
const contexts: ReadonlySet<string | undefined> = new Set(["overview", "team", "pipeline"])

const order = new RegExp(`^${anyOf(({ orders }) => orders)}(?!\\S)|(?<!\\S)(?:loeschen|umbenennen|archivieren)$`)

/** Says whether a clause of the wish asks to change data. */
const isOrder = (words: ReadonlyArray<Word>) =>
  [...Map.groupBy(words, ({ clause }) => clause).values()].some((clause) => {
    const start = clause.findIndex(({ folded }) => !silent.has(folded))
    return start !== -1 && order.test(clause.slice(start).map(({ folded }) => folded).join(" "))
  })

export const search = (wish: string, index: MetricIndex, options: Names, today: Today, role: Role): Found => {
  const said = withPeriods(wordsOf(wish))
  const usual = { preset: "last_30d", bucket: "day" } as const
  if (isOrder(said)) {
    return { title: wish, cards: [], timeframe: usual, notUnderstood: [wish], notes: [(t) => t.order()] }
  }
  const whole = index.entries.find(({ entry, label }) =>
    [label, foldedText(entry.description)].includes(said.map(({ folded }) => folded).join(" "))
  )
  if (whole !== undefined) {
    const { defaultChart, id } = whole.entry
    return { title: wish, cards: [{ metricId: id, chart: defaultChart }], timeframe: usual, notUnderstood: [] }
  }

  const { chosen, compared: split, excluded, rest: unfiltered } = filtersOf(said, options)
  const occasion = occasionIn(unfiltered)
  const compared = comparisonOf(occasion.rest)
  const limit = daysWithin(compared?.rest ?? occasion.rest, index)
  const times = timesOf(limit?.rest ?? compared?.rest ?? occasion.rest, index.words, today)
  const time = times.whole
  const { chart, rest, text: chartWords } = chartOf(times.rest)
  const isTarget = asksForTarget(said)
  const clauses = clausesOf(read(rest, index.words).map((word) => isTarget ? ofAttainment(word) : word))
  const isCompared = compared !== undefined && isComparable(compared, time.span, today)
  const names = namesFor(said, index.words, chosen)

  const ofClients = { status: options.statuses.flatMap(({ value }) => value === "client" ? [value] : []) }
  const cardOf = ({ groupBy, indexed: { entry }, isOfClients }: Match, clause: number | undefined): Card => {
    const filters = filtersFrom(names(clause))
    const own = supportedFilters(entry, isOfClients === true ? { ...ofClients, ...filters } : filters)
    const { bucket, span } = timeIn(times.own, clause) ?? {}
    const isOwn = span !== undefined && entry.takesTimeframe && (entry.countsAhead || !aheadPresets.has(span.preset))
    return {
      metricId: entry.id,
      chart: entry.charts.find((one) => one === chart) ?? entry.defaultChart,
      ...(groupBy !== undefined && { groupBy }),
      ...(isCompared && entry.shape === "timeseries" && { comparePrevious: true }),
      ...(isTarget && canHaveTarget(entry, groupBy) && { target: true }),
      ...(isOwn && { timeframe: { ...span, bucket: bucket ?? bucketFor(span) } }),
      ...(limit !== undefined && entry.within?.choices.includes(limit.days) === true && { within: limit.days }),
      ...(Object.keys(own).length > 0 && { filters: own })
    }
  }
  const negated = clauses.filter(({ isNegated }) => isNegated)
  const isKept = (id: string) => {
    const indexed = index.entries.find(({ entry }) => entry.id === id)
    return indexed !== undefined && !negated.some(({ concepts }) => isExcluded(indexed, concepts))
  }
  const isByEntry = clauses.some(({ concepts }) => concepts.includes("cohort"))
  const isAhead = (clause: number | undefined) => {
    const { span } = timeIn(times.own, clause) ?? time
    return span !== undefined && aheadPresets.has(span.preset)
  }
  const trend = time.bucketText === "" ? [] : ["trend"]
  const clients = clauses.length > 1 && clauses.some(isOnlyClients) ? ["client"] : []
  const answers = clauses.map((clause, at): Answered => {
    if (at >= maxClauses || clause.isNegated) return { clause, matches: [], cards: [] }
    const cohort = (limit !== undefined || isByEntry) && isOfConversion(clause.concepts) ? ["cohort"] : []
    const ahead = isAhead(clause.words[0]?.clause) && clause.concepts.some((one) => ofClosing.has(one))
      ? ["forecast"]
      : []
    const concepts = [...withSubject(clauses, at, index.find), ...trend, ...cohort, ...split, ...clients, ...ahead]
    const kept = matchesFor(clause.words, concepts, index).filter(({ indexed }) => isKept(indexed.entry.id))
    const comparable = isCompared ? kept.filter(({ indexed }) => ofComparison.has(indexed.entry.shape)) : []
    const matches = comparable.length > 0 ? comparable : kept
    return { clause, matches, cards: matches.map((match) => cardOf(match, clause.words[0]?.clause)) }
  })
  const answered = answers.map((one, at) => narrowed(one, answers[at + 1]))
  const found = distinct(answered.flatMap((one) => one.cards)).slice(0, maxCards)
  const wanted = found.length > 0
    ? undefined
    : occasion.occasion ?? (isTarget ? "goals" : isWide(clauses) ? "overview" : undefined)
  const suggestion = wanted && suggestionOf(wanted, index)
  const cards = suggestion?.cards.filter(({ metricId }) => isKept(metricId)) ?? found

  const entriesOf = (some: ReadonlyArray<Card>) =>
    index.entries.flatMap(({ entry }) => some.some(({ metricId }) => metricId === entry.id) ? [entry] : [])
  const shown = entriesOf(cards)
  const cardsIn = (part: Timed) =>
    suggestion === undefined
      ? answered.flatMap(({ cards, clause }) => part.clauses.has(clause.words[0]?.clause ?? -1) ? cards : [])
      : part.time === time
      ? cards
      : []
  const isTimed = (part: Timed) =>
    suggestion === undefined && times.own.length > 0
      ? cardsIn(part).some(({ timeframe }) => timeframe !== undefined)
      : entriesOf(cardsIn(part)).some(({ takesTimeframe }) => takesTimeframe)
  const isInSteps = (part: Timed) =>
    (part.time === time || times.own.includes(part)) &&
    entriesOf(cardsIn(part)).some(({ shape }) => shape === "timeseries")
  const isApplied = (one: typeof chosen[number]) =>
    answered.some(({ cards: own, clause }) =>
      names(clause.words[0]?.clause).includes(one) && own.some((card) => hasName(card, one))
    )
  const hasTarget = cards.some(({ target }) => target === true)
  const untold: ReadonlyArray<readonly [isUntold: boolean, text: string | undefined]> = [
    [!contexts.has(occasion.occasion) && suggestion === undefined && !hasTarget, occasion.text],
    [!cards.some(({ within }) => within !== undefined), limit?.text],
    [chart !== undefined && !cards.some((card) => card.chart === chart), chartWords],
    [!isCompared || !shown.some(({ shape }) => ofComparison.has(shape)), compared?.text]
  ]
  const fixed = times.parts.flatMap((part) => part.time.fixed !== undefined && isTimed(part) ? [part.time.fixed] : [])
  const isMember = role === "member"
  const mine = !isMember && suggestion === undefined && cards.length > 0 ? ownRowsIn(said) : undefined
  const isOfNobody = clauses.some(({ concepts }) => concepts.includes("unassigned"))
  const usualOfTarget = isTarget && hasTarget ? targetPresets[time.bucket ?? "month"] : undefined
  const span = time.span ??
    { preset: compared?.preset ?? usualOfTarget ?? suggestion?.preset ?? usualPresets[time.bucket ?? "day"] }
  const bucket = time.span === undefined && usualOfTarget === `this_${time.bucket}` ? undefined : time.bucket
  const missing = answered.flatMap((one) => missingOf(one, found, hasTarget))
  const notUnderstood = [
    ...excluded,
    ...ineffective(answered),
    ...(mine === undefined ? [] : [mine]),
    ...missing
      .filter((text) => suggestion === undefined || !isReport(foldedText(text))),
    ...untoldTimes(times.parts, isTimed, isInSteps),
    ...untold.flatMap(([isUntold, text]) => isUntold && text !== undefined && text !== "" ? [text] : []),
    ...chosen.filter((one) => !isApplied(one)).map(({ name }) => name)
  ]
  return {
    title: wish,
    cards,
    timeframe: { ...span, bucket: bucket ?? bucketFor(span) },
    notUnderstood: cards.length === 0 && notUnderstood.length === 0 ? [wish] : notUnderstood,
    notes: [
      ...(suggestion === undefined ? [] : [(t: DesignMessages) => t.template({ title: suggestion.title })]),
      ...fixed.map((words) => (t: DesignMessages) => t.fixed({ words })),
      ...(isOfNobody ? [(t: DesignMessages) => isMember ? t.ownOnly() : t.nobody()] : []),
      ...(times.parts.some((part) => part.time.past !== undefined) ? [(t: DesignMessages) => t.past()] : []),
      ...(mine === undefined ? [] : [(t: DesignMessages) => t.mine()]),
      ...(hasTarget && suggestion === undefined ? [(t: DesignMessages) => t.target()] : []),
      ...rankingNotes(shown, answered, missing),
      ...unfilteredNotes(found.length === 0 ? [] : answered, names, chosen),
      ...(suggestion === undefined ? readings(answered) : [])
    ]
  }
}
