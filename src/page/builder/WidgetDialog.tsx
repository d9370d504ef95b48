import { useMemo, useState } from "react"
import { newId } from "../api/newId.ts"
import { useCatalog, useOptions, usePerson } from "../api/queries.ts"
import type { Widget } from "../api/wire.ts"
import { freePlace, sizeOf } from "../grid/arrange.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { type Draft, withWidget, withWidgets } from "./Draft.ts"
import { MetricList } from "./MetricList.tsx"
import { Preview } from "./Preview.tsx"
import { usualTimeframe, WidgetFields } from "./WidgetFields.tsx"

export interface WidgetDialogProps {
  readonly asked: Widget | "add"
  readonly draft: Draft
  readonly onDone: (draft: Draft, kind?: string) => void
  readonly onClose: () => void
}

export const WidgetDialog = ({ asked, draft, onClose, onDone }: WidgetDialogProps) => {
  const metrics = useCatalog()
  const options = useOptions()
  const person = usePerson()
  const isAdding = asked === "add"
  const [widget, setWidget] = useState<Widget | undefined>(isAdding ? undefined : asked)
  const metric = widget === undefined ? undefined : metrics.get(widget.metricId)
  const list = useMemo(() => [...metrics.values()], [metrics])

  const choose = (metricId: string) => {
    const chosen = metrics.get(metricId)
    if (chosen === undefined) return
    const { defaultChart } = chosen
    const size = sizeOf(defaultChart)
    setWidget({
      instanceId: newId(),
      metricId,
      chart: defaultChart,
      // The report's timeframe usually ends today.
      ...(chosen.countsAhead && { timeframe: usualTimeframe(chosen) }),
      ...size,
      ...freePlace(draft.layout.widgets, size)
    })
  }
  const done = () => {
    if (widget === undefined) return
    if (!isAdding) return onDone(withWidget(draft, widget.instanceId, () => widget))
    const size = sizeOf(widget.chart)
    const placed = { ...widget, ...size, ...freePlace(draft.layout.widgets, size) }
    onDone(withWidgets(draft, [...draft.layout.widgets, placed]))
  }
  return (
    <Dialog
      title={isAdding ? t.addCard() : t.editCard()}
      size="large"
      onClose={onClose}
      footer={
        <>
          <button type="button" onClick={onClose}>{t.cancel()}</button>
          <button type="button" className="primary" disabled={widget === undefined} onClick={done}>
            {isAdding ? t.addToReport() : t.done()}
          </button>
        </>
      }
    >
      <div className={isAdding ? "chooser" : "chooser single"}>
        {isAdding && <MetricList metrics={list} chosen={widget?.metricId} onChoose={choose} />}
        <div className="chosen">
          {widget === undefined
            ? <p className="muted centered">{t.chooseNumber()}</p>
            : (
              <>
                <Preview widget={widget} metric={metric} draft={draft} />
                {metric !== undefined && options !== undefined && (
                  <WidgetFields widget={widget} metric={metric} options={options} onChange={setWidget} />
                )}
                {metric === undefined && (
                  <p className="muted">
                    {person.role === "admin"
                      ? t.unknownNumber()
                      : t.numberForAdmins()}
                  </p>
                )}
              </>
            )}
        </div>
      </div>
    </Dialog>
  )
}
