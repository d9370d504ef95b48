import { useEffect, useId, useMemo, useState } from "react"
import { numberFormat } from "../../presentation/numberFormat.ts"
import { sentence } from "../api/Problem.ts"
import {
  useCatalog,
  useClient,
  useLastingError,
  useOptions,
  usePerson,
  useRefresh,
  useTargets
} from "../api/queries.ts"
import type { CatalogEntry, Options, Target } from "../api/wire.ts"
import { Banner, NotFound, PageSkeleton } from "../shell/states.tsx"
import { useSaying } from "../shell/Toasts.tsx"
import { changesOf, isShown, monthsOf, numberIn, organizationOwner, type OwnerChange } from "./cells.ts"
import { type Owner, TargetTable } from "./TargetTable.tsx"

const first = "deals.won_value_over_time"

const takesTarget = ({ shape, takesTimeframe }: CatalogEntry) => takesTimeframe && shape !== "category"

const noTargets: ReadonlyArray<Target> = []
const nothingTyped: ReadonlyMap<string, string> = new Map()

const ownersOf = ({ organization, people }: Options, targets: ReadonlyArray<Target>): ReadonlyArray<Owner> => [
  { id: organizationOwner, name: organization.name },
  ...people.filter(({ hasLeft, id }) => !hasLeft || targets.some((target) => target.for === id))
]

interface OfMetricProps {
  readonly metric: CatalogEntry
  readonly options: Options
  readonly year: number
}

const TargetsOfMetric = ({ metric, options, year }: OfMetricProps) => {
  const { api } = useClient()
  const refresh = useRefresh()
  const { say, warn } = useSaying()
  const query = useTargets(metric.id)
  const error = useLastingError(query)
  const [typed, setTyped] = useState(nothingTyped)
  const [isSaving, setSaving] = useState(false)
  const targets = useMemo(() => query.data?.results.filter(isShown) ?? noTargets, [query.data])
  const targetOf = (owner: string) => targets.find((target) => target.for === owner)
  const valueOf = (owner: string, month: string) => targetOf(owner)?.values[month]
  const changes = changesOf(typed, valueOf)
  const isDirty = changes.length > 0
  const isWrong = [...typed.values()].some((text) => numberIn(text) === undefined)
  useEffect(() => {
    if (!isDirty) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [isDirty])
  if (error !== null && query.data === undefined) {
    return <Banner problem={sentence(error)} onRetry={() => void query.refetch()} />
  }
  if (query.data === undefined) return <div className="skeleton skeleton-card" aria-busy="true" />
  const currency = targets[0]?.currency ?? options.organization.currency
  const { full } = numberFormat({ unit: metric.unit, ...(metric.unit === "money" && { currency }) })
  const others = (query.data.results.length ?? 0) - targets.length
  const store = (owner: string, values: OwnerChange["values"]): Promise<Target> => {
    const target = targetOf(owner)
    if (target !== undefined) return api.updateTarget(target.id, { values })
    const set = Object.fromEntries(Object.entries(values).flatMap(([key, one]) => one === null ? [] : [[key, one]]))
    return api.createTarget({ metricId: metric.id, for: owner, period: "month", values: set })
  }
  const save = async () => {
    setSaving(true)
    try {
      await Promise.all(changes.map(({ owner, values }) => store(owner, values)))
      await refresh.targets(metric.id)
      setTyped(nothingTyped)
      void refresh.runs()
      say("Targets saved")
    } catch (failure) {
      await refresh.targets(metric.id)
      warn(`Not saved: ${sentence(failure)} What you typed is still here.`)
    } finally {
      setSaving(false)
    }
  }
  return (
    <>
      <TargetTable
        caption={`Targets of ${metric.label} in ${year}`}
        owners={ownersOf(options, targets)}
        months={monthsOf(year)}
        typed={typed}
        valueOf={valueOf}
        format={full}
        onType={(cells) => setTyped(new Map([...typed, ...cells]))}
      />
      <div className="target-foot">
        <p className="muted small">
          {metric.unit === "money" ? `In ${currency}. ` : ""}
          An empty cell has no target. You can paste cells from a spreadsheet.
          {others > 0 && ` ${others} targets with filters, or of quarters and years, are not shown here.`}
        </p>
        <span className="spacer" />
        {isWrong && <span className="problem small" role="alert">A red cell is not a number.</span>}
        <button type="button" disabled={typed.size === 0 || isSaving} onClick={() => setTyped(nothingTyped)}>
          Discard
        </button>
        <button
          type="button"
          className="primary"
          disabled={!isDirty || isWrong || isSaving}
          onClick={() => void save()}
        >
          Save
        </button>
      </div>
    </>
  )
}

export const TargetsPage = () => {
  const id = useId()
  const options = useOptions()
  const catalog = useCatalog()
  const { role } = usePerson()
  const now = new Date().getFullYear()
  const [metricId, setMetricId] = useState(first)
  const [year, setYear] = useState(now)
  const metrics = useMemo(() => [...catalog.values()].filter(takesTarget), [catalog])
  const metric = catalog.get(metricId)
  if (options === undefined || metrics.length === 0) return <PageSkeleton />
  if (role !== "admin") return <NotFound />
  return (
    <main className="report" id="main">
      <div className="report-head">
        <div className="names">
          <h1>Targets</h1>
          <p className="muted description">
            What each person, and the organization, is to reach in each month. A card compares its number with them.
          </p>
        </div>
        <div className="target-choice">
          <label htmlFor={`${id}-metric`}>Number</label>
          <select id={`${id}-metric`} value={metricId} onChange={({ target }) => setMetricId(target.value)}>
            {metrics.map(({ categoryLabel, id, label }) => (
              <option key={id} value={id}>{`${categoryLabel}: ${label}`}</option>
            ))}
          </select>
          <label htmlFor={`${id}-year`}>Year</label>
          <select id={`${id}-year`} value={year} onChange={({ target }) => setYear(Number(target.value))}>
            {[now - 1, now, now + 1].map((one) => <option key={one} value={one}>{one}</option>)}
          </select>
        </div>
      </div>
      {metric !== undefined && <TargetsOfMetric key={metric.id} metric={metric} options={options} year={year} />}
    </main>
  )
}
