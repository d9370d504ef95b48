import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"

interface CardToolsProps {
  readonly title: string
  readonly isTable: boolean
  readonly onExplain: () => void
  readonly onTable: () => void
  readonly onRecords: (() => void) | undefined
  readonly onOverTime: (() => void) | undefined
}

export const CardTools = ({ isTable, onExplain, onOverTime, onRecords, onTable, title }: CardToolsProps) => (
  <>
    {onRecords !== undefined && (
      <button
        type="button"
        className="quiet square"
        aria-label={t.allRecordsOf({ title })}
        title={t.allRecords()}
        onClick={onRecords}
      >
        <Icon name="list" />
      </button>
    )}
    {onOverTime !== undefined && (
      <button
        type="button"
        className="quiet square"
        aria-label={t.overTimeOf({ title })}
        title={t.overTime()}
        onClick={onOverTime}
      >
        <Icon name="history" />
      </button>
    )}
    <button
      type="button"
      className="quiet square"
      aria-label={t.howIsCounted({ title })}
      title={t.howThisIsCounted()}
      onClick={onExplain}
    >
      <Icon name="info" />
    </button>
    <button
      type="button"
      className="quiet square"
      aria-pressed={isTable}
      aria-label={t.showAsTableOf({ title })}
      title={isTable ? t.showChart() : t.showAsTable()}
      onClick={onTable}
    >
      <Icon name={isTable ? "report" : "table"} />
    </button>
  </>
)
