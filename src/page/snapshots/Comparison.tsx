import { useMemo } from "react"
import { titleOf } from "../../presentation/titleOf.ts"
import { sentence } from "../api/Problem.ts"
import { useCatalog, useComparison, useLastingError } from "../api/queries.ts"
import type { Snapshot } from "../api/wire.ts"
import { dayName, momentName } from "../card/words.ts"
import { Grid } from "../grid/Grid.tsx"
import { ExportItems } from "../report/ExportItems.tsx"
import { localization, t } from "../shell/messages.ts"
import { snapshotAddress } from "../shell/route.ts"
import { Banner } from "../shell/states.tsx"
import "../style/compare.css"
import { ComparedCard } from "./ComparedCard.tsx"

interface ComparisonProps {
  readonly snapshot: Snapshot
  /** The id of another snapshot, or `live` for the numbers of now. */
  readonly other: string
}

/** Shows both numbers of each card of a snapshot, and their difference. */
export const Comparison = ({ other, snapshot: { createdAt, id, layout: { widgets }, title } }: ComparisonProps) => {
  const comparison = useComparison(id, other)
  const { data, refetch } = comparison
  const error = useLastingError(comparison)
  const metrics = useCatalog()
  const compared = useMemo(() => new Map(data?.widgets.map((one) => [one.instanceId, one])), [data])
  const shown = new Set(widgets.map(({ instanceId }) => instanceId))
  const others = data?.widgets.filter(({ instanceId }) => !shown.has(instanceId)) ?? []
  const frozen = momentName(createdAt)
  const isOneDay = data !== undefined && dayName(createdAt) === dayName(data.with.asOf)
  const nameOf = isOneDay ? momentName : dayName
  const headings = {
    value: nameOf(createdAt),
    other: data === undefined || other === "live" ? localization().t.comparedNow() : nameOf(data.with.asOf)
  }
  const summary = () => {
    if (data === undefined) return t.loading()
    const asOf = momentName(data.with.asOf)
    return other === "live"
      ? localization().t.comparedWithNow({ frozen, now: asOf })
      : localization().t.comparedWithSnapshot({ frozen, other: asOf })
  }
  return (
    <>
      <div className="compared-bar">
        <p role="status">{error === null && summary()}</p>
        <div className="compared-actions">
          <ExportItems
            path={`/snapshots/${id}/compare?with=${encodeURIComponent(other)}`}
            title={title}
            formats={["pdf", "csv"]}
          />
          <a className="button" href={snapshotAddress(id)}>{t.comparedEnd()}</a>
        </div>
      </div>
      {error !== null && <Banner problem={sentence(error)} onRetry={() => refetch()} />}
      {(error === null || data !== undefined) && (
        <Grid widgets={widgets}>
          {(widget) => {
            const metric = metrics.get(widget.metricId)
            return (
              <ComparedCard
                title={titleOf(widget, metric, localization())}
                metric={metric}
                groupBy={widget.groupBy}
                compared={compared.get(widget.instanceId)}
                headings={headings}
              />
            )
          }}
        </Grid>
      )}
      {others.length > 0 && (
        <p className="muted compared-also">
          {localization().t.comparedAlso({
            names: others.map(({ metricId }) => titleOf({ metricId }, metrics.get(metricId), localization())).join(", ")
          })}
        </p>
      )}
    </>
  )
}
