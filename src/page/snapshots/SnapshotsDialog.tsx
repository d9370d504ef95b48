import { sentence } from "../api/Problem.ts"
import { useOptions, useSnapshots } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { dayName, frozenPeopleName, momentName } from "../card/words.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { comparisonAddress, snapshotAddress } from "../shell/route.ts"

export const SnapshotsDialog = ({ onClose, report }: { readonly report: Report; readonly onClose: () => void }) => {
  const { data, error, isPending } = useSnapshots(report.id)
  const options = useOptions()
  return (
    <Dialog title={t.snapshotsOf({ title: report.title })} size="medium" onClose={onClose}>
      {isPending && <p className="muted">{t.loadingNow()}</p>}
      {error !== null && <p className="problem" role="alert">{sentence(error)}</p>}
      {data?.total === 0 && <p className="muted">{t.noSnapshotsYet()}</p>}
      <ul className="rows">
        {data?.results.map(({ createdAt, expired, expiresAt, id, scope, title }) => (
          <li key={id}>
            <a href={snapshotAddress(id)} onClick={onClose}>
              <strong>{title}</strong>
              <span className="muted">
                {momentName(createdAt)} · {frozenPeopleName(scope.assigneeIds, options?.people)} ·{" "}
                {expired ? t.expired() : t.until({ day: dayName(expiresAt) })}
              </span>
            </a>
            <a className="row-action" href={comparisonAddress(id, "live")} onClick={onClose}>{t.compareNow()}</a>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
