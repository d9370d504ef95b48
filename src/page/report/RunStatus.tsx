import type { useRun } from "../api/queries.ts"
import type { RunRequest } from "../api/wire.ts"
import { LiveSwitch } from "../live/LiveSwitch.tsx"
import { Icon } from "../shell/Icon.tsx"

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" })

interface RunStatusProps {
  readonly run: ReturnType<typeof useRun>
  readonly request: RunRequest | undefined
  readonly isEditing: boolean
}

export const RunStatus = ({ isEditing, request, run }: RunStatusProps) => {
  if (request === undefined) return null
  const asOf = run.dataUpdatedAt === 0 ? "" : `Counted at ${clock.format(run.dataUpdatedAt)}`
  return (
    <div className="run-status">
      {!isEditing && run.isSuccess && !run.isPlaceholderData && <LiveSwitch request={request} />}
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
