import { Metric } from "effect"

type Labels<Name extends string> = Readonly<Record<Name, string>>

/** Each combination of labels is one time series, so labels have few values and never ids. */
const series = <Name extends string, M>(make: (attributes: Labels<Name>) => M) => {
  const known = new Map<string, M>()
  return (labels: Labels<Name>): M => {
    const key = Object.values(labels).join("\n")
    const existing = known.get(key)
    if (existing !== undefined) return existing
    const made = make(labels)
    known.set(key, made)
    return made
  }
}

const ours = (name: string) => `crm_reports_${name}`

const gauge = (name: string, description: string) => Metric.gauge(ours(name), { description })

const counter = (name: string, description: string) => Metric.counter(ours(name), { description, incremental: true })

const counterBy = <Name extends string>(name: string, description: string) =>
  series((attributes: Labels<Name>) => Metric.counter(ours(name), { description, attributes, incremental: true }))

const boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

const secondsBy = <Name extends string>(name: string, description: string) =>
  series((attributes: Labels<Name>) => Metric.histogram(ours(name), { description, attributes, boundaries }))

export const requests = counterBy<"method" | "route" | "status">("requests_total", "Requests that got a response")

export const requestSeconds = secondsBy<"method" | "route">(
  "request_seconds",
  "Time until a response was ready to send"
)

export const widgets = counterBy<"metric" | "outcome">("widgets_total", "Widgets that were computed, by their outcome")

export const countSeconds = secondsBy<"source">(
  "count_seconds",
  "Time of counting the rows of one plan, with the wait for a connection and without the wait for a turn"
)

export const fileSeconds = secondsBy<"format">(
  "file_seconds",
  "Time of making one file, without the wait for a process"
)

export const filesUnfinished = gauge("files_unfinished", "Files that are made or wait for a process")

export const connectionsLimit = gauge("connections_limit", "Connections that runs may use at the same time")
export const connectionsInUse = gauge("connections_in_use", "Connections that runs use")
export const connectionsWaiting = gauge("connections_waiting", "Statements of runs that wait for a connection")
export const countsWaiting = gauge("counts_waiting", "Counts in memory that wait for their turn")

export const runsInProgress = gauge("runs_in_progress", "Runs that are computed")
export const runsWaiting = gauge("runs_waiting", "Runs that wait for a place")

export const refused = counterBy<"limit">("refused_total", "Requests that were refused, by the limit")

export const liveStreams = gauge("live_streams", "Open streams of live runs")

export const streamsFailed = counter(
  "streams_failed_total",
  "Streams that could not open, because the database did not answer"
)

export const circuitsOpen = gauge(
  "circuits_open",
  "Organizations with one connection, because their statements do not end"
)

export const sharedCounters = gauge("rate_store_shared", "1 while the counters of the rate limits are in Redis, or 0")

export const replicas = gauge("replicas", "Organizations with a replica")
export const replicaRows = gauge("replica_rows", "Rows that replicas hold or reserve, with a share for each replica")
export const replicaRowsLimit = gauge("replica_rows_limit", "Rows that replicas may hold")

export const replicaLoads = counterBy<"outcome">("replica_loads_total", "Loads of a replica that ended")
export const replicaRefreshes = counterBy<"outcome">("replica_refreshes_total", "Refreshes of a replica")
export const replicaDiscards = counterBy<"reason">("replica_discards_total", "Replicas that were discarded")

export const standbys = gauge("standbys", "Standbys in DATABASE_REPLICA_URL")
export const standbysUsable = gauge("standbys_usable", "Standbys that runs use now")

export const standbyFallbacks = counterBy<"reason">(
  "standby_fallbacks_total",
  "Runs that began on a standby, and were continued by the primary"
)

export const memory = Metric.gauge("process_resident_memory_bytes", { description: "Memory of the process" })
export const startTime = Metric.gauge("process_start_time_seconds", {
  description: "Start of the process, in seconds since 1970"
})
export const cpuSeconds = Metric.counter("process_cpu_seconds_total", {
  description: "CPU time of the process, with its threads",
  incremental: true
})
