import type { RunRequest } from "../api/wire.ts"
import { FullScreenItem } from "../finding/FullScreenItem.tsx"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { CardFiles } from "./CardFiles.tsx"

interface CardMenuProps {
  readonly title: string
  readonly isTable: boolean
  /** The run of this card alone. Without it, the card has no files. */
  readonly run: RunRequest | undefined
  readonly onExplain: () => void
  readonly onTable: () => void
  readonly onRecords: (() => void) | undefined
  readonly onOverTime: (() => void) | undefined
  readonly onDuplicate: (() => void) | undefined
}

export const CardMenu = (
  { isTable, onDuplicate, onExplain, onOverTime, onRecords, onTable, run, title }: CardMenuProps
) => (
  <Popover label={<Icon name="dots" />} name={t.moreFor({ title })} className="quiet square" align="end" isMenu>
    {onRecords !== undefined && (
      <button type="button" onClick={onRecords}>
        <Icon name="list" />
        {t.allRecords()}
      </button>
    )}
    <button type="button" onClick={onTable}>
      <Icon name={isTable ? "report" : "table"} />
      {isTable ? t.showChart() : t.showAsTable()}
    </button>
    {onOverTime !== undefined && (
      <button type="button" onClick={onOverTime}>
        <Icon name="history" />
        {t.overTime()}
      </button>
    )}
    <button type="button" onClick={onExplain}>
      <Icon name="info" />
      {t.howThisIsCounted()}
    </button>
    {run !== undefined && <CardFiles run={run} title={title} />}
    <hr />
    <FullScreenItem />
    {onDuplicate !== undefined && (
      <button type="button" onClick={onDuplicate}>
        <Icon name="copy" />
        {t.duplicate()}
      </button>
    )}
  </Popover>
)
