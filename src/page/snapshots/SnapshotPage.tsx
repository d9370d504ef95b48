import { useEffect, useMemo, useState } from "react"
import { readableFilters } from "../../presentation/filterNames.ts"
import { readBy } from "../../presentation/peopleCount.ts"
import { sentence } from "../api/Problem.ts"
import {
  useCatalog,
  useClient,
  useLastingError,
  useOptions,
  usePerson,
  useRefresh,
  useSnapshot
} from "../api/queries.ts"
import type { Snapshot, Widget } from "../api/wire.ts"
import { Card } from "../card/Card.tsx"
import { TableCard } from "../card/TableCard.tsx"
import { dayName, filtersName, frozenPeopleName, momentName, timeframeName } from "../card/words.ts"
import { Grid } from "../grid/Grid.tsx"
import { ExportItems } from "../report/ExportItems.tsx"
import { ShareSnapshot } from "../sharing/ShareSnapshot.tsx"
import { ActionDialog } from "../shell/ActionDialog.tsx"
import { Heading } from "../shell/Heading.tsx"
import { Icon } from "../shell/Icon.tsx"
import { LazyPart, lazyPart } from "../shell/LazyPart.tsx"
import { t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { reportAddress } from "../shell/route.ts"
import type { ComparisonAsked } from "../shell/routeOf.ts"
import { NotFound, PageSkeleton } from "../shell/states.tsx"
import { undoSeconds } from "../shell/ToastList.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { useDelete } from "../shell/useDelete.ts"
import { CompareMenu } from "./CompareMenu.tsx"
import { Verification } from "./Verification.tsx"

const Comparison = lazyPart(async () => (await import("./Comparison.tsx")).Comparison)

const FrozenHead = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { api } = useClient()
  const options = useOptions()
  const refresh = useRefresh()
  const later = useDelete()
  const { say, warn } = useSaying()
  const [isAsking, ask] = useState(false)
  const { role, userId } = usePerson()
  const isMine = role === "admin" || snapshot.createdBy === userId
  const { assigneeIds } = snapshot.scope
  const maker = options?.people.find(({ id }) => id === snapshot.createdBy)?.name
  const whose = frozenPeopleName(assigneeIds, options?.people, snapshot.view?.everyone)
  const filtered = filtersName(readableFilters(snapshot.view?.filters), options)
  const made = momentName(snapshot.createdAt)
  const facts = [
    maker === undefined ? made : t.madeBy({ time: made, person: maker }),
    timeframeName(snapshot.timeframe),
    whose,
    ...(filtered === "" ? [] : [filtered]),
    snapshot.expired
      ? t.expiredDeleted({ day: dayName(snapshot.deletesAt) })
      : t.keptUntilFact({ day: dayName(snapshot.expiresAt) })
  ]
  const renew = async () => {
    try {
      const { expiresAt } = await api.renew(snapshot.id)
      await refresh.snapshot(snapshot.id)
      say(t.keptUntil({ day: dayName(expiresAt) }))
    } catch (error) {
      warn(sentence(error))
    }
  }
  const remove = () =>
    later({
      kind: "snapshot",
      id: snapshot.id,
      text: t.deletedSoon({ title: snapshot.title, ...undoSeconds }),
      next: reportAddress(snapshot.reportId),
      send: async () => {
        await api.removeSnapshot(snapshot.id)
        void refresh.report(snapshot.reportId)
      }
    })
  return (
    <header className="report-head frozen">
      <div className="names">
        <a className="crumb" href={reportAddress(snapshot.reportId)}>
          <Icon name="back" />
          {t.toLiveReport()}
        </a>
        <Heading>
          <span className="title" dir="auto">{snapshot.title}</span>
          <span className="visibility">
            <Icon name="freeze" />
            {t.frozenMark()}
          </span>
        </Heading>
        <p className="muted description">
          {facts.join(" · ")}
        </p>
      </div>
      <div className="report-actions">
        <CompareMenu snapshot={snapshot} />
        <Verification snapshot={snapshot} />
        <ShareSnapshot snapshot={snapshot} />
        <Popover label={<Icon name="dots" />} name={t.more()} className="square" align="end" isMenu>
          <ExportItems
            path={`/snapshots/${snapshot.id}`}
            title={snapshot.title}
          />
          <button type="button" onClick={() => print()}>
            <Icon name="print" />
            {t.print()}
          </button>
          {isMine && (
            <button type="button" onClick={renew} title={t.keepAnother()}>
              <Icon name="refresh" />
              {t.renew()}
            </button>
          )}
          {isMine && (
            <button type="button" className="danger" onClick={() => ask(true)}>
              <Icon name="trash" />
              {t.deleteSnapshot()}
            </button>
          )}
        </Popover>
        {isAsking && (
          <ActionDialog
            title={t.deleteQuestion({ title: snapshot.title })}
            action={t.delete()}
            onClose={() => ask(false)}
            onAction={remove}
          >
            <p>{t.deletesSnapshot(undoSeconds)}</p>
          </ActionDialog>
        )}
      </div>
    </header>
  )
}

interface SnapshotPageProps {
  readonly id: string
  readonly comparison: ComparisonAsked | undefined
}

export const SnapshotPage = ({ comparison, id }: SnapshotPageProps) => {
  const snapshot = useSnapshot(id)
  const { data, refetch } = snapshot
  const error = useLastingError(snapshot)
  const metrics = useCatalog()
  const { userId } = usePerson()
  const series = useMemo(
    () => new Map(data && readBy({ userId })(data).series.map((one) => [one.instanceId, one])),
    [data, userId]
  )
  useEffect(() => {
    document.title = `${data?.title ?? t.snapshot()} · CRM Reports`
  }, [data?.title])
  if (data === undefined && error !== null) return <NotFound problem={error} onRetry={() => refetch()} />
  if (data === undefined) return <PageSkeleton />
  const cardOf = (widget: Widget, columns: ReadonlyArray<Widget>) =>
    columns.length === 0
      ? <Card widget={widget} metric={metrics.get(widget.metricId)} series={series.get(widget.instanceId)} />
      : <TableCard columns={columns} metrics={metrics} run={{ series }} />
  return (
    <main className="report" id="main">
      <FrozenHead snapshot={data} />
      {comparison === undefined ?
        <Grid widgets={data.layout.widgets} series={series} catalog={metrics}>{cardOf}</Grid> :
        (
          <LazyPart of={comparison} waiting={<p className="muted" role="status">{t.loading()}</p>}>
            <Comparison snapshot={data} {...comparison} />
          </LazyPart>
        )}
    </main>
  )
}
