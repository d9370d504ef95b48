import { sentence } from "../api/Problem.ts"
import { useCatalogQuery, useLastingError } from "../api/queries.ts"
import type { RunRequest } from "../api/wire.ts"
import { clockName } from "../card/words.ts"
import { LiveSwitch } from "../live/LiveSwitch.tsx"
import type { useRun } from "../live/useRun.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { Banner } from "../shell/states.tsx"

const clock = (time: number): string => clockName(new Date(time).toISOString())

/** Says that the report is not current, and when its numbers were counted. */
export const RunProblem = ({ run }: Pick<RunStatusProps, "run">) => {
  const catalog = useCatalogQuery()
  const catalogError = useLastingError(catalog)
  const runError = useLastingError(run)
  const error = catalogError ?? runError
  if (error === null) return null
  const since = run.dataUpdatedAt === 0 ? [] : [t.numbersFrom({ time: clock(run.dataUpdatedAt) })]
  const { refetch } = catalogError === null ? run : catalog
  return <Banner problem={[sentence(error), ...since].join(" ")} onRetry={() => refetch()} />
}

interface RunStatusProps {
  readonly run: ReturnType<typeof useRun>
  readonly request: RunRequest | undefined
  readonly isEditing: boolean
}

export const RunStatus = ({ isEditing, request, run }: RunStatusProps) => {
  if (request === undefined) return null
  const asOf = run.dataUpdatedAt === 0 ? "" : t.countedAt({ time: clock(run.dataUpdatedAt) })
  return (
    <div className="run-status">
      {/* Is hidden where the view needs the room. */}
      <div className="run-time muted" title={asOf}>
        <span>{run.isFetching ? t.countingNow() : asOf}</span>
      </div>
      {!isEditing && run.isSuccess && !run.isPlaceholderData && <LiveSwitch request={request} />}
      <button
        type="button"
        className={run.isFetching ? "quiet square turning" : "quiet square"}
        aria-label={t.countAgain()}
        title={[asOf, t.countAgain()].filter((text) => text !== "").join(" · ")}
        onClick={() => run.refetch()}
      >
        <Icon name="refresh" />
      </button>
    </div>
  )
}
