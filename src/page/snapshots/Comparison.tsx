import { useMemo } from "react"
import { isUnchanged } from "../../presentation/compared.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import { sentence } from "../api/Problem.ts"
import { useCatalog, useComparison, useLastingError } from "../api/queries.ts"
import type { Snapshot, Widget } from "../api/wire.ts"
import { dayName, momentName } from "../card/words.ts"
import { Grid } from "../grid/Grid.tsx"
import { ExportItems } from "../report/ExportItems.tsx"
import { localization, t } from "../shell/messages.ts"
import { comparisonAddress, replaceAddress, snapshotAddress } from "../shell/route.ts"
import type { ComparisonAsked } from "../shell/routeOf.ts"
import { Banner } from "../shell/states.tsx"
import "../style/compare.css"
import { ComparedCard } from "./ComparedCard.tsx"

interface ComparisonProps extends ComparisonAsked {
  readonly snapshot: Snapshot
}

/** Shows both numbers of each card of a snapshot, and their difference. */
export const Comparison = (
  { isChangedOnly, other, snapshot: { createdAt, id, layout: { widgets }, title } }: ComparisonProps
) => {
  const comparison = useComparison(id, other)
  const { data, refetch } = comparison
  const error = useLastingError(comparison)
  const metrics = useCatalog()
  const compared = useMemo(() => new Map(data?.widgets.map((one) => [one.instanceId, one])), [data])
  const shown = new Set(widgets.map(({ instanceId }) => instanceId))
  const others = data?.widgets.filter(({ instanceId }) => !shown.has(instanceId)) ?? []
  const isHidden = ({ instanceId }: Widget) => {
    const one = compared.get(instanceId)
    return isChangedOnly && one !== undefined && isUnchanged(one)
  }
  const hidden = widgets.filter(isHidden).length
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
          <button
            type="button"
            className={isChangedOnly ? "chip-button active" : "chip-button"}
            aria-pressed={isChangedOnly}
            onClick={() => replaceAddress(comparisonAddress(id, other, !isChangedOnly))}
          >
            {t.comparedOnlyChanges()}
          </button>
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
        <Grid widgets={widgets.filter((widget) => !isHidden(widget))}>
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
      <p className="muted compared-also" role="status">{hidden > 0 && t.comparedHidden({ count: hidden })}</p>
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
