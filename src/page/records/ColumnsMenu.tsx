import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import type { ShownColumn } from "./recordColumns.ts"

interface ColumnsMenuProps {
  readonly columns: ReadonlyArray<ShownColumn>
  readonly hidden: ReadonlyArray<string>
  readonly onHide: (key: string, isHidden: boolean) => void
}

/** Chooses the columns of the list and of its files. The time and the weight of a record are no fields, and stay. */
export const ColumnsMenu = ({ columns, hidden, onHide }: ColumnsMenuProps) => (
  <Popover
    label={
      <>
        <Icon name="table" />
        {t.columns()}
      </>
    }
    panelName={t.columns()}
    align="end"
  >
    <fieldset className="columns-menu">
      <legend>{t.columnsHint()}</legend>
      {columns.filter(({ key }) => !key.startsWith("~")).map(({ key, label }) => (
        <label key={key} className="check">
          <input type="checkbox" checked={!hidden.includes(key)} onChange={() => onHide(key, !hidden.includes(key))} />
          {label}
        </label>
      ))}
    </fieldset>
  </Popover>
)
