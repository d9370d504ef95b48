import { all } from "../../metrics/all.ts"
import { leadsTable, spellsTable } from "../../metrics/crm.ts"
import { average, count, past } from "../../metrics/Measure.ts"
import type { Metric } from "../../metrics/Metric.ts"
import { type Field, instant, integer, nullable, table, text, texts } from "../../metrics/Table.ts"
import { projectionOf } from "../projection.ts"
import type { Group, JoinDefinition, JoinedRow } from "./joins.ts"
import { leadSource, spellSource } from "./sources.ts"

const columns = { ownerId: nullable(text), assigneeIds: texts, status: text, startedAt: instant }

/** Floats cannot add up epoch milliseconds exactly, so each time is also split into day and milliseconds. */
const stays = table("stays", {
  ...columns,
  endedAt: nullable(instant),
  startedDay: integer,
  startedMillis: integer,
  endedDay: integer,
  endedMillis: integer
}, [])

/** A reversed spell ends before it begins. It counts, but adds no time. */
const reversed = table("reversed_stays", { ...columns, endedAt: instant }, [])

const seenIn = ({ fields: { assigneeIds, ownerId, status }, name }: typeof stays | typeof reversed) => ({
  from: { table: name, seenBy: { owner: ownerId, assignees: assigneeIds } },
  by: status
})

const metric = all["leads.avg_time_in_status"]

const dayMillis = 86_400_000

export interface InstantPart {
  readonly metric: Metric
  readonly unit: number
}

const partsOf = (at: Field<"instant">, days: Field<"integer">, millis: Field<"integer">): ReadonlyArray<InstantPart> =>
  [{ field: days, unit: dayMillis }, { field: millis, unit: 1 }].map(({ field, unit }) => ({
    metric: { ...metric, ...seenIn(stays), at, measure: average(field) },
    unit
  }))

export const starts = partsOf(stays.fields.startedAt, stays.fields.startedDay, stays.fields.startedMillis)
export const ends = partsOf(stays.fields.endedAt, stays.fields.endedDay, stays.fields.endedMillis)

/** This metric counts reversed spells by the time of their end, if they begin before `asOf`. */
export const reversals: Metric = {
  ...metric,
  ...seenIn(reversed),
  at: reversed.fields.endedAt,
  measure: count({ where: past(reversed.fields.startedAt) })
}

const dayOf = (instant: number) => Math.floor(instant / dayMillis)

const rowsOf = (group: Group): ReadonlyArray<JoinedRow> => {
  const [leads, spells] = [group.of(leadSource), group.of(spellSource)]
  const { assigneeIds, ownerId } = leadsTable.fields
  const { endedAt, startedAt, status } = spellsTable.fields
  const found: Array<JoinedRow> = []
  for (const lead of leads.rows) {
    const [owner, assignees] = [leads.text(lead, ownerId), leads.texts(lead, assigneeIds)]
    for (const spell of spells.rows) {
      const name = spells.text(spell, status)
      const [start, end] = [spells.number(spell, startedAt) ?? 0, spells.number(spell, endedAt)]
      if (end !== null && end < start) {
        found.push({ table: reversed.name, image: [owner, assignees, name, start, end] })
      } else {
        const [startDay, endDay] = [dayOf(start), dayOf(end ?? 0)]
        const parts = [startDay, start - startDay * dayMillis, endDay, (end ?? 0) - endDay * dayMillis] as const
        found.push({ table: stays.name, image: [owner, assignees, name, start, end, ...parts] })
      }
    }
  }
  return found
}

export const staysJoin: JoinDefinition = {
  sources: [leadSource, spellSource],
  sizedBy: spellSource,
  projections: [
    projectionOf(seenIn(stays).from, Object.values(stays.fields), [...starts, ...ends].map((part) => part.metric)),
    projectionOf(seenIn(reversed).from, Object.values(reversed.fields), [reversals])
  ],
  rowsOf
}
