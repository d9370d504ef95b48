import { Effect } from "effect"
import type { Selection } from "../../src/domain/Run.ts"
import type { MetricSeries } from "../../src/domain/Series.ts"
import { metricsById } from "../../src/metrics/all.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { ask, inMemory, type Question } from "../support/ask.ts"
import { randomTables } from "../support/randomTables.ts"
import { expect, expectSame } from "./Broken.ts"
import { questionsOf } from "./questions.ts"
import { amongStrangers } from "./strangers.ts"
import { sum, triedOf } from "./Tried.ts"
import { peopleOf, seenBy } from "./visible.ts"

type Answers = ReadonlyArray<MetricSeries>

const answers = (question: Question, tables: Tables) => Effect.provide(ask(question), inMemory(tables))

/** The clock is fixed, so even `asOf` must be equal. */
const bytes = (series: MetricSeries | undefined) => JSON.stringify(series)

const expectBytes = (claim: string, seed: number, { caller, request }: Question, one: Answers, other: Answers) =>
  Effect.forEach(
    request.widgets,
    (widget, index) =>
      expectSame(claim, { seed, caller, assigneeIds: request.assigneeIds, widget }, {
        one: bytes(one[index]),
        other: bytes(other[index])
      }),
    { discard: true }
  )

const asking = (
  { caller, request: { assigneeIds: _ids, everyone: _everyone, ...request } }: Question,
  selection: Selection
): Question => ({ caller, request: { ...request, ...selection } })

/** Returns ids of other organizations' members, and ids that nobody has. */
const foreigners = ({ caller }: Question, { members }: Tables): ReadonlyArray<string> => {
  const own = members.filter(({ organizationId }) => organizationId === caller.organizationId)
  const known = new Set<string>([caller.userId, ...own.map(({ userId }) => userId)])
  return ["user_of_nobody", "*", "", ...members.map(({ userId }) => userId)].filter((id) => !known.has(id))
}

const member = Effect.fnUntraced(
  function*(seed: number, question: Question, found: Answers, visible: Tables, tables: Tables) {
    const selections: ReadonlyArray<Selection> = [
      {},
      { everyone: true },
      { assigneeIds: ["user_1", "user_2", "user_3"] },
      { assigneeIds: foreigners(question, tables) }
    ]
    for (const selection of selections) {
      const others = yield* answers(asking(question, selection), tables)
      yield* expectBytes("the selection of a member changes nothing", seed, question, found, others)
    }
    const { caller, request: { assigneeIds: _ids, everyone: _everyone, ...request } } = question
    const asAdmin = yield* answers({ caller: { ...caller, role: "admin" }, request }, visible)
    for (const [index, widget] of request.widgets.entries()) {
      const asked = { seed, caller, widget }
      const isGated = metricsById.get(widget.metricId)?.adminOnly === true
      if (!isGated) {
        yield* expectSame("a member sees what an admin sees where there is nothing else", asked, {
          member: bytes(found[index]),
          admin: bytes(asAdmin[index])
        })
        continue
      }
      const { meta, points = [], series = [], stat = null } = found[index] ?? {}
      const isEmpty = points.length === 0 && series.length === 0 && stat === null && meta?.gated === "admin_only"
      yield* expect(isEmpty, "a member gets nothing of what is for admins", asked, found[index])
    }
  }
)

const admin = Effect.fnUntraced(function*(seed: number, question: Question, found: Answers, tables: Tables) {
  const { assigneeIds = [] } = question.request
  const strangers = foreigners(question, tables)
  if (assigneeIds.length > 0) {
    const more = asking(question, { assigneeIds: [...assigneeIds, ...strangers, ...assigneeIds.toReversed()] })
    const others = yield* answers(more, tables)
    yield* expectBytes("foreign, unknown and repeated ids widen nothing", seed, question, found, others)
  }
  for (const series of yield* answers(asking(question, { assigneeIds: strangers }), tables)) {
    const isEmpty = series.points.length === 0 && series.series.length === 0 && series.stat === null
    yield* expect(isEmpty, "only foreign ids give nothing", { seed, caller: question.caller, strangers }, series)
  }
})

/** Changes the leads that the caller may not see, such as those behind deals that the caller may see. */
const withDisguisedLeads = (visible: Tables, tables: Tables): Tables => {
  const seen = new Set<unknown>(visible.leads)
  return {
    ...tables,
    leads: tables.leads.map((lead) =>
      seen.has(lead) ? lead : { ...lead, source: "disguised", leadType: "disguised", tagIds: [] }
    )
  }
}

/** Fails if one byte of an answer changes when rows outside the scope are removed or replaced. */
export const interferes = Effect.fnUntraced(function*(seed: number) {
  const tables = randomTables(seed)
  const others = randomTables(seed + 1_000_003)
  const tried = yield* Effect.forEach(questionsOf(seed, tables), (question) =>
    Effect.gen(function*() {
      const people = peopleOf(question, tables)
      const { visible } = seenBy(question.caller, people, tables)
      const found = yield* answers(question, tables)
      const alone = yield* answers(question, visible)
      yield* expectBytes("removing what is outside the scope changes nothing", seed, question, found, alone)
      const among = yield* answers(question, amongStrangers(question, people, visible, others))
      yield* expectBytes("adding to what is outside the scope changes nothing", seed, question, found, among)
      const disguised = yield* answers(question, withDisguisedLeads(visible, tables))
      yield* expectBytes("changing the leads outside the scope changes nothing", seed, question, found, disguised)
      yield* question.caller.role === "admin"
        ? admin(seed, question, found, tables)
        : member(seed, question, found, visible, tables)
      return triedOf(found)
    }))
  return sum(tried)
})
