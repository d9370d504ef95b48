import { layout, reportId } from "./reports.ts"
import { newLeads, winRate } from "./run.ts"

const summary = {
  id: "b1d6c1f4-0c55-4f0e-8f0a-7f3f5b1f9c20",
  reportId,
  title: "Monday meeting, 7 May",
  timeframe: { preset: "custom", from: "2026-05-01", to: "2026-05-07", bucket: "day" },
  scope: { role: "admin", assigneeIds: ["user_ana", "user_bea"] },
  createdBy: "user_ana",
  createdAt: "2026-05-07T09:30:00.000Z",
  expiresAt: "2026-11-03T09:30:00.000Z",
  expired: false,
  deletesAt: "2026-12-03T09:30:00.000Z",
  contentHash: "ca6d72b197e97aece73695c48caad6b13843575483a89be5fe4046bc7ecaf447",
  schemaVersion: 1,
  shared: null
}

const view = { assigneeIds: summary.scope.assigneeIds, timeframe: summary.timeframe, filters: { source: ["portal"] } }

const names = { people: [{ id: "user_ana", name: "Ana Ferrer" }, { id: "user_bea", name: "Bea Sanz" }], tags: [] }

const snapshot = { ...summary, view, names, layout, series: [newLeads, winRate] }

const renewed = { ...snapshot, expiresAt: "2027-05-02T09:30:00.000Z", deletesAt: "2027-06-01T09:30:00.000Z" }

const one = (description: string, value: typeof snapshot) => ({ description, examples: { snapshot: { value } } })

export const createSnapshot = {
  requests: {
    plain: { summary: "With the report's defaults", value: {} },
    chosen: {
      summary: "For two people and one week",
      value: { title: summary.title, ...view }
    }
  },
  responses: { 201: one("The created snapshot.", snapshot) }
}

export const listSnapshots = {
  responses: {
    200: {
      description: "A page of the snapshots that the caller may read, newest first, without layouts and series.",
      examples: { page: { value: { results: [summary], total: 1 } } }
    }
  }
}

export const getSnapshot = { responses: { 200: one("The snapshot.", snapshot) } }

const comparison = {
  id: summary.id,
  createdAt: summary.createdAt,
  with: { id: null, asOf: "2026-05-14T09:30:00.000Z" },
  widgets: [
    {
      instanceId: "win-rate",
      metricId: "deals.win_rate",
      points: [{ key: "", label: "", value: 46.2, other: 50, difference: 3.8, percent: null }],
      meta: winRate.meta,
      otherMeta: winRate.meta
    },
    {
      instanceId: "new-leads",
      metricId: "leads.created_over_time",
      points: [],
      incomparable: { reason: "error", message: "The widget has no numbers on one of the two sides." },
      meta: newLeads.meta,
      otherMeta: newLeads.meta
    }
  ]
}

export const compareSnapshot = {
  responses: {
    200: {
      description: "Both numbers of each widget, and their difference.",
      examples: { live: { value: comparison } }
    }
  }
}

const { deltaPct: _deltaPct, value } = winRate.stat

export const getReportHistory = {
  responses: {
    200: {
      description: "One point for each snapshot that the caller may read.",
      examples: {
        history: {
          value: {
            instanceId: winRate.instanceId,
            shape: "timeseries",
            series: winRate.series,
            points: [
              { bucket: "2026-04-30T05:00:00.000Z", value: null },
              { bucket: summary.createdAt, value }
            ],
            stat: null,
            meta: winRate.meta,
            snapshots: [
              {
                id: "0c0f8f5e-1d3b-4f7e-8a53-5b7c3f0f6f11",
                createdAt: "2026-04-30T05:00:00.000Z",
                gap: { reason: "scope", message: "The snapshot counts the rows of other people." }
              },
              { id: summary.id, createdAt: summary.createdAt }
            ],
            truncated: false
          }
        }
      }
    }
  }
}

const chosen = { every: "week", at: "07:00", timeZone: "Europe/Madrid", keepDays: 365 }

const schedule = {
  ...chosen,
  weekStart: 1,
  view: {},
  createdBy: summary.createdBy,
  role: "admin",
  createdAt: "2026-05-07T09:30:00.000Z",
  missedAt: null,
  ended: null,
  nextAt: "2026-05-11T05:00:00.000Z"
}

const scheduleExamples = (description: string) => ({ description, examples: { schedule: { value: schedule } } })

export const getFreezeSchedule = { responses: { 200: scheduleExamples("The schedule.") } }

export const setFreezeSchedule = {
  requests: { weekly: { summary: "Each week at seven o'clock", value: chosen } },
  responses: { 200: scheduleExamples("The stored schedule.") }
}

export const deleteFreezeSchedule = { responses: { 204: { description: "Schedule deleted." } } }

const share = { organization: false, people: ["user_ana"], sharedBy: "user_bea", sharedAt: "2026-05-07T10:00:00.000Z" }

export const shareSnapshot = {
  requests: {
    people: { summary: "With one person", value: { people: share.people } },
    organization: {
      summary: "With all readers of the report, also the numbers of other people's rows",
      value: { organization: true, includesOthersRows: true }
    }
  },
  responses: {
    200: { description: "The shared snapshot.", examples: { snapshot: { value: { ...summary, shared: share } } } }
  }
}

export const unshareSnapshot = { responses: { 204: { description: "Nobody else may read the snapshot." } } }

export const renewSnapshot = { responses: { 200: one("The renewed snapshot.", renewed) } }

export const deleteSnapshot = { responses: { 204: { description: "Snapshot deleted." } } }
