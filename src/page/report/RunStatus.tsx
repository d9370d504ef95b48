import type { useRun } from "../api/queries.ts"
import { Icon } from "../shell/Icon.tsx"

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" })

export const RunStatus = ({ isIdle, run }: { readonly run: ReturnType<typeof useRun>; readonly isIdle: boolean }) => {
  if (isIdle) return null
  const asOf = run.dataUpdatedAt === 0 ? "" : `Counted at ${clock.format(run.dataUpdatedAt)}`
  return (
    <div className="run-status">
      <span className="muted">{run.isFetching ? "Counting…" : asOf}</span>
      <button
        type="button"
        className={run.isFetching ? "quiet square turning" : "quiet square"}
        aria-label="Count again"
        title="Count again"
        onClick={() => run.refetch()}
      >
        <Icon name="refresh" />
      </button>
    </div>
  )
}
