import { peopleOf } from "../../presentation/peopleCount.ts"
import { sentence } from "../api/Problem.ts"
import { useSnapshots } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { dayName, momentName } from "../card/words.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { localization, t } from "../shell/messages.ts"
import { comparisonAddress, snapshotAddress } from "../shell/route.ts"

export const SnapshotsDialog = ({ onClose, report }: { readonly report: Report; readonly onClose: () => void }) => {
  const { data, error, isPending } = useSnapshots(report.id)
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
                {momentName(createdAt)} · {peopleOf(scope.assigneeIds, localization())} ·{" "}
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
