export const layout = {
  columns: 12,
  widgets: [
    { instanceId: "new-leads", metricId: "leads.created_over_time", chart: "area", x: 0, y: 0, w: 8, h: 4 },
    { instanceId: "win-rate", metricId: "deals.win_rate", chart: "radial", title: "Win rate", x: 8, y: 0, w: 4, h: 4 }
  ]
}

export const reportId = "6f9a3a52-5d0e-4b7e-9f2c-3a0f6a6f0b11"

const report = {
  id: reportId,
  organizationId: "org_demo",
  ownerId: "user_ana",
  title: "Monday meeting",
  description: "Numbers for the Monday meeting.",
  visibility: "organization",
  people: [],
  layout,
  defaultTimeframe: { preset: "last_30d", bucket: "day" },
  defaultFilters: { source: ["portal"] },
  defaultPeople: { everyone: true },
  snapshotCount: 2,
  createdAt: "2026-05-04T07:12:44.318Z",
  updatedAt: "2026-05-07T09:30:00.000Z"
}

const created = { ...report, snapshotCount: 0, updatedAt: report.createdAt }

const { defaultFilters, defaultPeople, layout: _layout, people: _people, ...summary } = report
const { defaultTimeframe, description, title, visibility } = report

export const listReports = {
  responses: {
    200: {
      description: "A page of the caller's reports and those shared with the organization, last changed first.",
      examples: { page: { value: { results: [{ ...summary, widgetCount: layout.widgets.length }], total: 1 } } }
    }
  }
}

export const createReport = {
  requests: {
    report: {
      summary: "Two widgets, visible to the organization",
      value: { title, description, visibility, layout, defaultTimeframe, defaultFilters, defaultPeople }
    }
  },
  responses: { 201: { description: "The created report.", examples: { report: { value: created } } } }
}

export const getReport = {
  responses: {
    200: { description: "The report.", examples: { report: { value: report } } },
    304: { description: "Not modified." }
  }
}

export const updateReport = {
  requests: {
    title: { summary: "Only the title", value: { title: "Tuesday meeting" } },
    people: { summary: "Share it with two people", value: { visibility: "people", people: ["user_ana", "user_bea"] } }
  },
  responses: {
    200: {
      description: "The changed report.",
      examples: { report: { value: { ...report, title: "Tuesday meeting" } } }
    }
  }
}

const { createdAt: _createdAt, id: _id, organizationId: _organization, ownerId: _owner, ...saved } = report
const { snapshotCount: _count, updatedAt, ...definition } = saved

const former = { version: 2, savedAt: updatedAt, savedBy: "user_ana" }

const difference = {
  since: 1,
  properties: ["title", "layout"],
  title: { from: "Meeting", to: title },
  widgets: { added: [{ instanceId: "win-rate", name: "Win rate" }], removed: [], changed: [], moved: [] }
}

export const listReportVersions = {
  responses: {
    200: {
      description: "A page of the versions that the caller may read, newest first.",
      examples: {
        page: { value: { results: [{ ...former, title, visibility, widgetCount: 2, difference }], total: 1 } }
      }
    }
  }
}

export const getReportVersion = {
  responses: { 200: { description: "The version.", examples: { version: { value: { ...former, ...definition } } } } }
}

export const restoreReportVersion = {
  responses: { 200: { description: "The changed report.", examples: { report: { value: report } } } }
}

export const deleteReport = { responses: { 204: { description: "Report and its snapshots deleted." } } }
