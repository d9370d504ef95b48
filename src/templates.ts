import type { CreateReport } from "./domain/Report.ts"

interface Template extends Pick<CreateReport, "title" | "defaultTimeframe"> {
  readonly layout: { readonly widgets: ReturnType<typeof widgetsOf> }
  readonly name: string
  readonly description: string
  readonly adminOnly: boolean
}

interface Cell {
  readonly metricId: string
  readonly chart: string
  readonly groupBy?: string
  readonly title?: string
  readonly target?: true
  readonly timeframe?: NonNullable<CreateReport["defaultTimeframe"]>
}

type Row = readonly [height: number, ...ReadonlyArray<readonly [width: number, cell: Cell]>]

const widgetsOf = (rows: ReadonlyArray<Row>) =>
  rows.flatMap(([h, ...cells], row) => {
    const y = rows.slice(0, row).reduce((top, [height]) => top + height, 0)
    return cells.map(([w, cell], column) => {
      const x = cells.slice(0, column).reduce((left, [width]) => left + width, 0)
      return { instanceId: `${cell.metricId}.${row}.${column}`, ...cell, x, y, w, h }
    })
  })

const of = (metricId: string, chart: string, more: Omit<Cell, "metricId" | "chart"> = {}): Cell => ({
  metricId,
  chart,
  ...more
})

const overview: Template = {
  name: "overview",
  title: "Owner's overview",
  description: "How the business is doing: leads, pipeline, and what was won.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_12m", bucket: "month" },
  layout: {
    widgets: widgetsOf([
      [3, [3, of("leads.total", "stat")], [3, of("deals.win_rate", "stat")], [3, of("deals.pipeline_value", "stat")], [
        3,
        of("deals.avg_value", "stat")
      ]],
      [7, [7, of("deals.won_value_over_time", "area")], [5, of("leads.by_status", "donut")]],
      [7, [6, of("leads.created_over_time", "bar", { groupBy: "source", title: "New leads by source" })], [
        6,
        of("deals.pipeline_by_stage", "bar")
      ]],
      [6, [4, of("leads.by_tag", "bar")], [4, of("leads.avg_time_in_status", "bar")], [
        4,
        of("deals.lost_reasons", "bar")
      ]]
    ])
  }
}

const team: Template = {
  name: "team",
  title: "Team board",
  description: "What each person did in the last 90 days, and what the agency earns.",
  adminOnly: true,
  defaultTimeframe: { preset: "last_90d", bucket: "week" },
  layout: {
    widgets: widgetsOf([
      [8, [6, of("team.won_value_by_agent", "leaderboard")], [6, of("team.deals_won_by_agent", "leaderboard")]],
      [8, [4, of("team.win_rate_by_agent", "leaderboard")], [4, of("team.leads_by_agent", "leaderboard")], [
        4,
        of("team.calls_by_agent", "leaderboard")
      ]],
      [7, [7, of("deals.won_over_time", "bar")], [
        5,
        of("deals.commission_breakdown", "bar")
      ]],
      [8, [6, of("deals.commission_by_agent", "leaderboard")], [6, of("team.tasks_completed_by_agent", "leaderboard")]]
    ])
  }
}

const pipeline: Template = {
  name: "pipeline",
  title: "Pipeline",
  description:
    "Open deals, where they stand, and when they are expected to close; what was won or lost, and how long it took.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_12m", bucket: "month" },
  layout: {
    widgets: widgetsOf([
      [3, [4, of("deals.pipeline_value", "stat")], [4, of("deals.weighted_pipeline", "stat")], [
        4,
        of("deals.overdue_close", "stat")
      ]],
      [
        7,
        [
          7,
          of("deals.expected_value_over_time", "bar", {
            groupBy: "stage",
            timeframe: { preset: "next_90d", bucket: "month" }
          })
        ],
        [5, of("deals.pipeline_by_stage", "donut")]
      ],
      [
        7,
        [6, of("deals.by_stage", "bar")],
        [6, of("deals.created_over_time", "area", { groupBy: "status", title: "New deals by what became of them" })]
      ],
      [3, [4, of("deals.win_rate", "stat")], [4, of("deals.avg_time_to_close", "stat")], [
        4,
        of("deals.avg_value", "stat")
      ]],
      [7, [4, of("deals.won_over_time", "bar")], [4, of("deals.won_value_over_time", "line")], [
        4,
        of("deals.lost_reasons", "bar")
      ]]
    ])
  }
}

const activity: Template = {
  name: "activity",
  title: "Activity",
  description: "Calls, emails and tasks of the last month, day by day.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_30d", bucket: "day" },
  layout: {
    widgets: widgetsOf([
      [4, [3, of("calls.connect_rate", "radial")], [3, of("emails.reply_rate", "radial")], [
        3,
        of("tasks.completion_rate", "radial")
      ], [3, of("tasks.overdue", "stat")]],
      [7, [7, of("calls.logged_over_time", "bar", { groupBy: "direction" })], [5, of("calls.by_outcome", "donut")]],
      [6, [6, of("calls.talk_time_over_time", "area")], [3, of("leads.avg_time_to_first_call", "stat")], [
        3,
        of("calls.avg_duration", "stat")
      ]],
      [6, [4, of("emails.sent_over_time", "line")], [4, of("emails.received_over_time", "line")], [
        4,
        of("tasks.completed_over_time", "bar")
      ]]
    ])
  }
}

const goals: Template = {
  name: "goals",
  title: "On track",
  description: "This month against the targets of each person, what is still open, and what is late.",
  adminOnly: true,
  defaultTimeframe: { preset: "this_month", bucket: "week" },
  layout: {
    widgets: widgetsOf([
      [7, [6, of("deals.won_value_over_time", "bar", { target: true })], [
        6,
        of("team.won_value_by_agent", "leaderboard", { target: true })
      ]],
      [3, [4, of("deals.pipeline_value", "stat")], [4, of("deals.win_rate", "stat")], [
        4,
        of("tasks.overdue", "stat")
      ]],
      [6, [6, of("deals.by_stage", "bar")], [6, of("deals.lost_reasons", "bar")]]
    ])
  }
}

const sources: Template = {
  name: "sources",
  title: "Where leads come from",
  description: "Which sources bring leads, how far the leads get, and which sources bring deals and money.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_12m", bucket: "month" },
  layout: {
    widgets: widgetsOf([
      [3, [4, of("leads.total", "stat")], [4, of("leads.conversion_rate", "radial")], [
        4,
        of("deals.win_rate", "stat")
      ]],
      [7, [7, of("leads.created_over_time", "bar", { groupBy: "source", title: "New leads by source" })], [
        5,
        of("leads.by_source", "donut")
      ]],
      [5, [12, of("leads.funnel", "funnel")]],
      [7, [4, of("deals.won_by_source", "bar")], [4, of("deals.won_value_by_source", "bar")], [
        4,
        of("deals.win_rate_by_source", "bar")
      ]],
      [6, [6, of("leads.by_tag", "bar")], [6, of("leads.by_type", "donut")]]
    ])
  }
}

export const templates: ReadonlyArray<Template> = [overview, team, pipeline, activity, goals, sources]
