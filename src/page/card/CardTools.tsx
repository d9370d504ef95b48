import { Icon, type IconName } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"

interface CardToolsProps {
  readonly title: string
  readonly isTable: boolean
  readonly onExplain: () => void
  readonly onTable: () => void
  readonly onRecords: (() => void) | undefined
  readonly onOverTime: (() => void) | undefined
}

interface ToolProps {
  readonly icon: IconName
  readonly label: string
  readonly title: string
  readonly isPressed?: boolean
  readonly onClick: () => void
}

const Tool = ({ icon, isPressed, label, onClick, title }: ToolProps) => (
  <button
    type="button"
    className="quiet square"
    aria-pressed={isPressed}
    aria-label={label}
    title={title}
    onClick={onClick}
  >
    <Icon name={icon} />
  </button>
)

export const CardTools = ({ isTable, onExplain, onOverTime, onRecords, onTable, title }: CardToolsProps) => (
  <>
    {onRecords !== undefined && (
      <Tool icon="list" label={t.allRecordsOf({ title })} title={t.allRecords()} onClick={onRecords} />
    )}
    {onOverTime !== undefined && (
      <Tool icon="history" label={t.overTimeOf({ title })} title={t.overTime()} onClick={onOverTime} />
    )}
    <Tool icon="info" label={t.howIsCounted({ title })} title={t.howThisIsCounted()} onClick={onExplain} />
    <Tool
      icon={isTable ? "report" : "table"}
      label={t.showAsTableOf({ title })}
      title={isTable ? t.showChart() : t.showAsTable()}
      isPressed={isTable}
      onClick={onTable}
    />
  </>
)
