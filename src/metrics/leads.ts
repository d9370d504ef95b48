import { leads, spellsTable } from "./crm.ts"
import { count, elapsed, handwritten, is, missing, present, ratio } from "./Measure.ts"
import { category, person, stat, timeseries } from "./Metric.ts"
import type { Field } from "./Table.ts"

const filters = { tag: leads.tagIds, source: leads.source, status: leads.status }

const entered = { from: leads.population, at: leads.createdAt, filters }

/** The steps of the funnel, in their order. */
export const funnelSteps = ["lead", "potential", "client"] as const

/** The status with the steps first. */
const funnelStatus: Field<"text"> = {
  ...leads.status,
  known: [...funnelSteps, "unqualified", "bad_timing"]
    .flatMap((status) => leads.status.known.filter(({ value }) => value === status))
    .map((known) => known.value === "lead" ? { ...known, label: "Entered" } : known)
}

export const leadMetrics = {
  "leads.created_over_time": timeseries({
    ...entered,
    label: "New leads",
    description: "Leads by the time they entered the CRM. Deleted leads are not counted.",
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["area", "line", "bar"],
    groupBy: { status: leads.status, source: leads.source, type: leads.leadType, assignee: person }
  }),
  "leads.total": stat({
    ...entered,
    label: "Total new leads",
    description: "Leads that entered the CRM in the window, as one number.",
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["stat"]
  }),
  "leads.by_status": category({
    ...entered,
    label: "Leads by status",
    description: "Leads that entered in the window, by their current status.",
    measure: count(),
    unit: "count",
    charts: ["donut", "pie", "bar", "radar"],
    by: leads.status,
    isByStateNow: true
  }),
  "leads.by_source": category({
    ...entered,
    label: "Leads by source",
    description: "Leads that entered in the window, by source.",
    measure: count(),
    unit: "count",
    charts: ["bar", "pie", "donut", "radar"],
    by: leads.source
  }),
  "leads.by_tag": category({
    ...entered,
    label: "Leads by tag",
    description:
      "Leads that entered in the window, by tag. A lead counts once for each of its tags, so the points can add up to more than the number of leads.",
    measure: count(),
    unit: "count",
    charts: ["bar", "pie", "donut", "radar"],
    by: leads.tagIds
  }),
  "leads.by_type": category({
    ...entered,
    label: "Buyers and sellers",
    description: "Leads that entered in the window, by type: buyer or seller.",
    measure: count(),
    unit: "count",
    charts: ["donut", "pie", "bar"],
    by: leads.leadType
  }),
  "leads.avg_time_in_status": category({
    label: "Average time in status",
    description:
      "Average time that leads stayed in each status. Only the part of a stay inside the window counts, and an open stay lasts until now. Counts the leads that the selected people own or are assigned to now. Statuses without a stay are not shown.",
    from: leads.population,
    measure: handwritten("Average"),
    unit: "days",
    at: spellsTable.fields.startedAt,
    charts: ["bar", "radar"],
    by: spellsTable.fields.status
  }),
  "leads.funnel": category({
    ...entered,
    label: "Lead funnel",
    description:
      "Leads that entered in the window, and how many of them reached potential and client up to now. A lead that skipped a step has passed it. Bad timing, unqualified, and unknown statuses are no steps: they count the leads that have this status now. A lead without a status history counts only by its current status.",
    measure: handwritten("Sum"),
    unit: "count",
    charts: ["funnel", "bar"],
    by: funnelStatus,
    isByStateNow: true,
    steps: funnelSteps
  }),
  "leads.conversion_by_cohort": timeseries({
    ...entered,
    label: "Conversion by cohort",
    description:
      "Share of the leads that became a client within so many days of their entry, by the time they entered. The start of the first stay as a client counts, so leads without a status history are not counted, and the current status alone does not count. A cohort is partial until its last lead has had all of these days.",
    measure: handwritten("Ratio"),
    unit: "percent",
    moreIsBetter: true,
    charts: ["line", "bar", "area"],
    groupBy: {},
    within: { choices: [30, 60, 90, 180], usual: 90 }
  }),
  "leads.conversion_rate": stat({
    ...entered,
    label: "Lead conversion rate",
    description: "Share of clients among the leads that entered in the window, by their current status.",
    measure: ratio(count({ where: is(leads.status, "client") }), count()),
    unit: "percent",
    moreIsBetter: true,
    charts: ["radial", "stat"]
  }),
  "leads.never_called": stat({
    ...entered,
    label: "Leads never called",
    description:
      "Leads that entered in the window and were never called. Inbound calls do not count as a call to the lead.",
    where: missing(leads.firstCallAt),
    measure: count(),
    unit: "count",
    moreIsBetter: false,
    charts: ["stat"]
  }),
  "leads.avg_time_to_first_call": stat({
    ...entered,
    label: "Speed to lead",
    description:
      "Average time from a lead's entry to the first outbound call, among the leads of the window that were called. A call before the entry counts as 0.",
    where: present(leads.firstCallAt),
    measure: elapsed(leads.createdAt, leads.firstCallAt),
    unit: "minutes",
    moreIsBetter: false,
    charts: ["stat"]
  })
}
