import { metricsById } from "../../metrics/all.ts"
import { deals, leads as leadFields } from "../../metrics/crm.ts"
import { leadBehind } from "../../metrics/dealParts.ts"
import { isRowByRow, type Metric } from "../../metrics/Metric.ts"
import type { Population } from "../../metrics/Table.ts"
import { projectionOf } from "../projection.ts"
import type { Group, JoinDefinition, JoinedRow } from "./joins.ts"
import { dealOfLeadSource, leadBehindSource } from "./sources.ts"

/** A row has one column for lists, so this list has both the people who see the lead and the tags of the lead. */
export const peopleAndTags = { ...leadBehind.tagIds, name: "leadPeopleAndTags" }

export const personMark = (userId: string): string => `person ${userId}`
export const tagMark = (tagId: string): string => `tag ${tagId}`

/** The rows are deals whose lead exists. */
export const leadDeals: Population = { table: "lead_deals", seenBy: deals.population.seenBy }

const byLead: ReadonlyArray<Metric> = [...metricsById.values()].filter((metric) =>
  metric.from === deals.population && metric.filters !== undefined && isRowByRow(metric)
)

const marksOf = (owner: string | null, assignees: ReadonlyArray<string>, tags: ReadonlyArray<string>) => [
  ...(owner === null ? assignees : [owner, ...assignees]).map(personMark),
  ...tags.map(tagMark)
]

const rowsOf = (group: Group): ReadonlyArray<JoinedRow> => {
  const [leads, found] = [group.of(leadBehindSource), group.of(dealOfLeadSource)]
  const { assigneeIds, leadType, ownerId, source, tagIds } = leadFields
  return leads.rows.flatMap((lead) => {
    const ofLead = [
      leads.text(lead, source),
      leads.text(lead, leadType),
      marksOf(leads.text(lead, ownerId), leads.texts(lead, assigneeIds), leads.texts(lead, tagIds))
    ]
    return found.rows.map((place): JoinedRow => ({
      table: leadDeals.table,
      image: [
        found.text(place, deals.ownerId),
        found.texts(place, deals.assigneeIds),
        found.text(place, deals.stage),
        found.text(place, deals.status),
        found.text(place, deals.lostReason),
        found.text(place, deals.currency),
        found.number(place, deals.price),
        found.number(place, deals.createdAt),
        found.number(place, deals.closedAt),
        found.number(place, deals.expectedCloseAt),
        ...ofLead
      ]
    }))
  })
}

export const leadDealsJoin: JoinDefinition = {
  sources: [leadBehindSource, dealOfLeadSource],
  projections: [
    projectionOf(leadDeals, [...dealOfLeadSource.fields, leadBehind.source, leadBehind.type, peopleAndTags], byLead)
  ],
  rowsOf
}
