import { Icon } from "../shell/Icon.tsx"

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
        aria-label={`All records of ${title}`}
        title="All records"
        onClick={onRecords}
      >
        <Icon name="list" />
      </button>
    )}
    {onOverTime !== undefined && (
      <button
        type="button"
        className="quiet square"
        aria-label={`${title} over time`}
        title="Over time"
        onClick={onOverTime}
      >
        <Icon name="history" />
      </button>
    )}
    <button
      type="button"
      className="quiet square"
      aria-label={`How ${title} is counted`}
      title="How this is counted"
      onClick={onExplain}
    >
      <Icon name="info" />
    </button>
    <button
      type="button"
      className="quiet square"
      aria-pressed={isTable}
      aria-label={`Show ${title} as a table`}
      title={isTable ? "Show the chart" : "Show as a table"}
      onClick={onTable}
    >
      <Icon name={isTable ? "report" : "table"} />
    </button>
  </>
)
