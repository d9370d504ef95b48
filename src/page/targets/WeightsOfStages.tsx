import { useMemo } from "react"
import { numberFormat } from "../../presentation/numberFormat.ts"
import { sentence } from "../api/Problem.ts"
import { useCatalog, useClient, useLastingError, useRefresh, useStageWeights } from "../api/queries.ts"
import type { CatalogEntry, MetricSeries, RunRequest, StageWeights } from "../api/wire.ts"
import { useRun } from "../live/useRun.ts"
import { localization, t } from "../shell/messages.ts"
import { Banner } from "../shell/states.tsx"
import { isWeight, type RowChange, valueIn } from "./cells.ts"
import { EditedNumbers } from "./EditedNumbers.tsx"
import type { Row } from "./NumberTable.tsx"
import { weightsTable } from "./typed.ts"

const [counts, prices] = ["deals.by_stage", "deals.pipeline_by_stage"] as const

const openDeals: RunRequest = {
  everyone: true,
  widgets: [counts, prices].map((metricId) => ({ instanceId: metricId, metricId, chart: "bar" }))
}

type Series = MetricSeries | undefined

const pointsOf = (series: Series) => series === undefined || series.shape === "timeseries" ? [] : series.points

/** Stages that the catalog knows come first, then those of open deals, then those that only have a weight. */
const stagesOf = (metric: CatalogEntry | undefined, series: Series, weights: StageWeights): ReadonlyArray<Row> => {
  const known = metric?.dimensions[0]?.values ?? []
  const all = [
    ...known.map(({ label, value }) => [value, label] as const),
    ...pointsOf(series).map(({ category, label }) => [category, label] as const),
    ...Object.keys(weights).map((stage) => [stage, stage] as const)
  ]
  const names = new Map(all.toReversed())
  return [...new Set(all.map(([stage]) => stage))]
    .filter((stage) => !stage.startsWith("~"))
    .map((stage) => ({ id: stage, name: names.get(stage) ?? stage }))
}

const withChanges = (weights: StageWeights, changes: ReadonlyArray<RowChange>): StageWeights => {
  const changed = new Map(Object.entries(weights))
  for (const { row, values: { weight = null } } of changes) {
    if (weight === null) changed.delete(row)
    else changed.set(row, weight)
  }
  return Object.fromEntries(changed)
}

export const WeightsOfStages = () => {
  const { api } = useClient()
  const refresh = useRefresh()
  const catalog = useCatalog()
  const run = useRun(openDeals)
  const runError = useLastingError(run)
  const query = useStageWeights()
  const error = useLastingError(query)
  const weights = query.data
  const [countsOf, pricesOf] = [run.series.get(counts), run.series.get(prices)]
  const stages = useMemo(
    () => weights === undefined ? [] : stagesOf(catalog.get(counts), countsOf, weights),
    [catalog, countsOf, weights]
  )
  if (error !== null && weights === undefined) {
    return <Banner problem={sentence(error)} onRetry={() => void query.refetch()} />
  }
  if (weights === undefined) return <div className="skeleton skeleton-card" aria-busy="true" />
  const fault = countsOf?.error ?? pricesOf?.error
  const problem = runError === null ? fault && localization().t.fault(fault) : sentence(runError)
  const count = numberFormat({ unit: "count" }, localization()).full
  const money = numberFormat(pricesOf?.meta ?? { unit: "money" }, localization()).card
  const weighted = (stage: string, weight: number | null) => {
    const price = valueIn(pricesOf, stage)
    return price === null ? null : price * (weight ?? 0) / 100
  }
  return (
    <>
      {problem !== undefined && <Banner problem={problem} onRetry={() => void run.refetch()} />}
      <EditedNumbers
        table={weightsTable}
        caption={t.weightsCaption()}
        rowHead={t.stage()}
        rows={stages}
        columns={[{ id: "weight", name: t.weightPercent(), longName: t.weightInPercent() }]}
        more={(numberOf) => [
          { name: t.openDeals(), textOf: (stage) => count(valueIn(countsOf, stage)) },
          { name: t.price(), textOf: (stage) => money(valueIn(pricesOf, stage)) },
          { name: t.weighted(), textOf: (stage) => money(weighted(stage, numberOf(stage, "weight"))) }
        ]}
        valueOf={(stage) => weights[stage]}
        isRight={isWeight}
        wrong={t.notAPercentage()}
        saved={t.weightsSaved()}
        onSave={async (changes) => {
          // All weights are replaced, so those that another admin has set meanwhile are read again.
          await api.setStageWeights(withChanges(await api.stageWeights(), changes))
          await refresh.stageWeights()
          void refresh.runs()
        }}
      >
        {t.weightsFoot()}
      </EditedNumbers>
    </>
  )
}
