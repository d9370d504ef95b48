import type { CreateReport } from "./domain/Report.ts"

interface Template extends Pick<CreateReport, "title" | "defaultTimeframe"> {
  readonly layout: ReturnType<typeof layoutOf>
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
  readonly table?: string
  readonly timeframe?: NonNullable<CreateReport["defaultTimeframe"]>
  /** Cells without a width share the rest of their row equally. */
  readonly w?: number
}

type Row = readonly [height: number, ...ReadonlyArray<Cell>]

const columns = 12

const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, number) => total + number, 0)

const layoutOf = (...rows: ReadonlyArray<Row>) => ({
  widgets: rows.flatMap(([h, ...cells], row) => {
    const y = sum(rows.slice(0, row).map(([height]) => height))
    const given = cells.flatMap(({ w }) => w ?? [])
    const share = (columns - sum(given)) / (cells.length - given.length)
    const widths = cells.map(({ w = share }) => w)
    return cells.map(({ w: _width, ...cell }, column) => {
      const [x, w] = [sum(widths.slice(0, column)), widths[column] ?? share]
      return { instanceId: `${cell.metricId}.${row}.${column}`, ...cell, x, y, w, h }
    })
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
  layout: layoutOf(
    [
      3,
      of("leads.total", "stat"),
      of("deals.win_rate", "stat"),
      of("deals.pipeline_value", "stat"),
      of("deals.avg_value", "stat")
    ],
    [7, of("deals.won_value_over_time", "area", { w: 7 }), of("leads.by_status", "donut")],
    [
      7,
      of("leads.created_over_time", "bar", { groupBy: "source" }),
      of("deals.pipeline_by_stage", "bar")
    ],
    [6, of("leads.by_tag", "bar"), of("leads.avg_time_in_status", "bar"), of("deals.lost_reasons", "bar")]
  )
}

const column = (metricId: string) => of(metricId, "leaderboard", { table: "Team" })

const team: Template = {
  name: "team",
  title: "Team board",
  description: "What each person did in the last 90 days, and what the agency earns.",
  adminOnly: true,
  defaultTimeframe: { preset: "last_90d", bucket: "week" },
  layout: layoutOf(
    [
      5,
      column("team.won_value_by_agent"),
      column("team.deals_won_by_agent"),
      column("team.win_rate_by_agent"),
      column("deals.commission_by_agent")
    ],
    [4, column("team.leads_by_agent"), column("team.calls_by_agent"), column("team.tasks_completed_by_agent")],
    [7, of("deals.won_over_time", "bar", { w: 7 }), of("deals.commission_breakdown", "bar")]
  )
}

const pipeline: Template = {
  name: "pipeline",
  title: "Pipeline",
  description:
    "Open deals, where they stand, and when they are expected to close; what was won or lost, and how long it took.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_12m", bucket: "month" },
  layout: layoutOf(
    [3, of("deals.pipeline_value", "stat"), of("deals.weighted_pipeline", "stat"), of("deals.overdue_close", "stat")],
    [
      7,
      of("deals.expected_value_over_time", "bar", {
        groupBy: "stage",
        timeframe: { preset: "next_90d", bucket: "month" },
        w: 7
      }),
      of("deals.pipeline_by_stage", "donut")
    ],
    [
      7,
      of("deals.by_stage", "bar"),
      of("deals.created_over_time", "area", { groupBy: "status" })
    ],
    [3, of("deals.win_rate", "stat"), of("deals.avg_time_to_close", "stat"), of("deals.avg_value", "stat")],
    [7, of("deals.won_over_time", "bar"), of("deals.won_value_over_time", "line"), of("deals.lost_reasons", "bar")]
  )
}

const activity: Template = {
  name: "activity",
  title: "Activity",
  description: "Calls, emails and tasks of the last month, day by day.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_30d", bucket: "day" },
  layout: layoutOf(
    [
      4,
      of("calls.connect_rate", "radial"),
      of("emails.reply_rate", "radial"),
      of("tasks.completion_rate", "radial"),
      of("tasks.overdue", "stat")
    ],
    [7, of("calls.logged_over_time", "bar", { groupBy: "direction", w: 7 }), of("calls.by_outcome", "donut")],
    [
      6,
      of("calls.talk_time_over_time", "area", { w: 6 }),
      of("leads.avg_time_to_first_call", "stat"),
      of("calls.avg_duration", "stat")
    ],
    [
      6,
      of("emails.sent_over_time", "line"),
      of("emails.received_over_time", "line"),
      of("tasks.completed_over_time", "bar")
    ]
  )
}

const goals: Template = {
  name: "goals",
  title: "On track",
  description: "This month against the targets of each person, what is still open, and what is late.",
  adminOnly: true,
  defaultTimeframe: { preset: "this_month", bucket: "week" },
  layout: layoutOf(
    [
      7,
      of("deals.won_value_over_time", "bar", { target: true }),
      of("team.won_value_by_agent", "leaderboard", { target: true })
    ],
    [3, of("deals.pipeline_value", "stat"), of("deals.win_rate", "stat"), of("tasks.overdue", "stat")],
    [6, of("deals.by_stage", "bar"), of("deals.lost_reasons", "bar")]
  )
}

const sources: Template = {
  name: "sources",
  title: "Where leads come from",
  description: "Which sources bring leads, how far the leads get, and which sources bring deals and money.",
  adminOnly: false,
  defaultTimeframe: { preset: "last_12m", bucket: "month" },
  layout: layoutOf(
    [3, of("leads.total", "stat"), of("leads.conversion_rate", "radial"), of("deals.win_rate", "stat")],
    [
      7,
      of("leads.created_over_time", "bar", { groupBy: "source", w: 7 }),
      of("leads.by_source", "donut")
    ],
    [6, of("leads.funnel", "funnel"), of("leads.conversion_by_cohort", "line")],
    [
      7,
      of("deals.won_by_source", "bar"),
      of("deals.won_value_by_source", "bar"),
      of("deals.win_rate_by_source", "bar")
    ],
    [6, of("leads.by_tag", "bar"), of("leads.by_type", "donut")]
  )
}

export const templates: ReadonlyArray<Template> = [overview, team, pipeline, activity, goals, sources]
