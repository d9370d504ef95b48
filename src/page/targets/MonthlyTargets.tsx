import { useId, useMemo, useState } from "react"
import { numberFormat } from "../../presentation/numberFormat.ts"
import { sentence } from "../api/Problem.ts"
import { useCatalog, useClient, useLastingError, useRefresh, useTargets } from "../api/queries.ts"
import type { CatalogEntry, Options, Target } from "../api/wire.ts"
import { locale, localization, t } from "../shell/messages.ts"
import { Banner } from "../shell/states.tsx"
import {
  allSaved,
  currenciesOf,
  currencyIn,
  isShown,
  monthsOf,
  organizationOwner,
  type RowChange,
  yearOf
} from "./cells.ts"
import { EditedNumbers } from "./EditedNumbers.tsx"
import type { Column, Row } from "./NumberTable.tsx"
import { targetsTable, useUnsavedTables } from "./typed.ts"

const first = "deals.won_value_over_time"

const takesTarget = ({ shape, takesTimeframe }: CatalogEntry) => takesTimeframe && shape !== "category"

const noTargets: ReadonlyArray<Target> = []

const monthName = (month: string): string =>
  new Intl.DateTimeFormat(locale(), { month: "short", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`))

const marked = (name: string, isUnsaved: boolean) => isUnsaved ? `${name} (${t.notSavedDot()})` : name

const thisYear = () => new Date().getFullYear()

const columnOf = (month: string): Column => {
  const name = monthName(month)
  return { id: month, name, longName: `${name} ${month.slice(0, 4)}` }
}

const ownersOf = ({ organization, people }: Options, targets: ReadonlyArray<Target>): ReadonlyArray<Row> => [
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
  const query = useTargets(metric.id)
  const error = useLastingError(query)
  const targets = useMemo(() => query.data?.results.filter(isShown) ?? noTargets, [query.data])
  const targetOf = (owner: string) => targets.find((target) => target.for === owner)
  if (error !== null && query.data === undefined) {
    return <Banner problem={sentence(error)} onRetry={() => void query.refetch()} />
  }
  if (query.data === undefined) return <div className="skeleton skeleton-card" aria-busy="true" />
  const rows = ownersOf(options, targets)
  const isMoney = metric.unit === "money"
  const currencyOf = currencyIn(targets, options.organization.currency)
  const currencies = currenciesOf(rows, currencyOf)
  const [most, ...differing] = isMoney ? currencies : []
  const formats = new Map(currencies.map(({ currency }) => [
    currency,
    numberFormat({ unit: metric.unit, ...(isMoney && { currency }) }, localization()).full
  ]))
  const others = query.data.results.length - targets.length
  const columns = monthsOf(year).map(columnOf)
  const store = ({ row, values }: RowChange): Promise<Target> => {
    const target = targetOf(row)
    if (target !== undefined) return api.updateTarget(target.id, { values })
    const set = Object.fromEntries(Object.entries(values).flatMap(([key, one]) => one === null ? [] : [[key, one]]))
    return api.createTarget({ metricId: metric.id, for: row, period: "month", values: set })
  }
  return (
    <EditedNumbers
      table={targetsTable(metric.id, year)}
      caption={t.targetsOf({ metric: metric.label, year: `${year}` })}
      rowHead={t.for()}
      rows={rows}
      columns={columns}
      shownFirst={year === thisYear() ? columns[new Date().getMonth()]?.id : undefined}
      more={(numberOf) => [{
        name: t.year(),
        textOf: (owner) => {
          const months = columns.flatMap(({ id }) => {
            const number = numberOf(owner, id)
            return number === null ? [] : [[id, number] as const]
          })
          if (metric.mean && months.length === 0) return ""
          return formats.get(currencyOf(owner))?.(yearOf(metric.mean, months)) ?? ""
        }
      }]}
      valueOf={(owner, month) => targetOf(owner)?.values[month]}
      isRight={() => true}
      wrong={t.notANumber()}
      saved={t.targetsSaved()}
      onSave={async (changes) => {
        try {
          await allSaved(changes.map(store))
        } finally {
          await refresh.targets(metric.id)
          void refresh.runs()
        }
      }}
    >
      {[
        ...(most === undefined ? [] : [t.inCurrency(most)]),
        ...differing.map(({ currency, names }) => t.rowsInCurrency({ currency, names: names.join(", ") })),
        t.emptyCell(),
        ...(others > 0 ? [t.otherTargets({ count: others })] : [])
      ].join(" ")}
    </EditedNumbers>
  )
}

export const MonthlyTargets = ({ options }: { readonly options: Options }) => {
  const id = useId()
  const catalog = useCatalog()
  const now = thisYear()
  const unsaved = useUnsavedTables()
  // The page opens at the numbers that are not saved, if there are any.
  const begun = unsaved.map((table) => table.split(" ")).find(([id = ""]) => catalog.has(id))
  const [metricId, setMetricId] = useState(begun?.[0] ?? first)
  const [year, setYear] = useState(Number(begun?.[1] ?? now))
  const metrics = useMemo(() => [...catalog.values()].filter(takesTarget), [catalog])
  const metric = catalog.get(metricId)
  return (
    <>
      <div className="target-choice">
        <label htmlFor={`${id}-metric`}>{t.number()}</label>
        <select id={`${id}-metric`} value={metricId} onChange={({ target }) => setMetricId(target.value)}>
          {metrics.map(({ categoryLabel, id, label }) => (
            <option key={id} value={id}>
              {marked(
                `${categoryLabel}: ${label}`,
                id !== metricId && unsaved.some((table) => table.startsWith(targetsTable(id, "")))
              )}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-year`}>{t.year()}</label>
        <select id={`${id}-year`} value={year} onChange={({ target }) => setYear(Number(target.value))}>
          {[now - 1, now, now + 1].map((one) => (
            <option key={one} value={one}>
              {marked(`${one}`, one !== year && unsaved.includes(targetsTable(metricId, one)))}
            </option>
          ))}
        </select>
      </div>
      {metric !== undefined && <TargetsOfMetric key={metric.id} metric={metric} options={options} year={year} />}
    </>
  )
}
