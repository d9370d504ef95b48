import { useId } from "react"
import { titleOf } from "../../presentation/titleOf.ts"
import { useCatalog } from "../api/queries.ts"
import type { CatalogEntry, Report } from "../api/wire.ts"
import { localization, t } from "../shell/messages.ts"
import { type ChosenAlert, type Figure, figuresOf } from "./alertChange.ts"
import { Choice } from "./Choice.tsx"

type Metrics = ReadonlyMap<string, CatalogEntry>

const cardsIn = ({ layout }: Report, metrics: Metrics) =>
  layout.widgets.flatMap((widget) => {
    const metric = metrics.get(widget.metricId)
    const figures = figuresOf(widget, metric)
    const [first] = figures
    return first === undefined ? [] : [{ first, figures, metric, widget }]
  })

const figureName = (of: Figure): string => t.mailsFigure({ of })

/** Chooses between messages at each time due, and those of a number that crosses a threshold. */
export const AlertFields = (
  { isNew, onChange, report, value }: {
    readonly report: Report
    /** An alert stays an alert. */
    readonly isNew: boolean
    readonly value: ChosenAlert | undefined
    readonly onChange: (value: ChosenAlert | undefined) => void
  }
) => {
  const id = useId()
  const cards = cardsIn(report, useCatalog())
  const [first] = cards
  const card = cards.find(({ widget }) => widget.instanceId === value?.instanceId)
  const begun: ChosenAlert | undefined = first &&
    { instanceId: first.widget.instanceId, of: first.first, side: "above", threshold: "" }
  const take = (instanceId: string) => {
    const next = cards.find(({ widget }) => widget.instanceId === instanceId)
    if (value === undefined || next === undefined) return
    const { currency: _, ...kept } = value
    onChange({ ...kept, instanceId, of: next.figures.includes(value.of) ? value.of : next.first })
  }
  const isPercent = value !== undefined && (value.of !== "value" || card?.metric?.unit === "percent")
  return (
    <>
      {isNew && begun !== undefined && (
        <Choice
          label={t.mailsSend()}
          value={value === undefined ? "always" : "crossing"}
          names={[["always", t.mailsAlways()], ["crossing", t.mailsOnCrossing()]]}
          onChange={(choice) => onChange(choice === "always" ? undefined : begun)}
        />
      )}
      {value !== undefined && (
        <>
          <Choice
            label={t.mailsCard()}
            value={value.instanceId}
            names={[
              ...(card === undefined ? [[value.instanceId, t.mailsCardRemoved()] as const] : []),
              ...cards.map(({ metric, widget }) =>
                [widget.instanceId, titleOf(widget, metric, localization())] as const
              )
            ]}
            onChange={take}
          />
          <Choice
            label={t.mailsNumber()}
            value={value.of}
            names={(card?.figures ?? [value.of]).map((of) => [of, figureName(of)])}
            onChange={(of) => onChange({ ...value, of })}
          />
          <Choice
            label={t.mailsDirection()}
            value={value.side}
            names={[["above", t.mailsAbove()], ["below", t.mailsBelow()]]}
            onChange={(side) => onChange({ ...value, side })}
          />
          <label htmlFor={id}>{isPercent ? t.mailsThresholdInPercent() : t.mailsThreshold()}</label>
          <input
            id={id}
            type="number"
            step="any"
            required
            value={value.threshold}
            onChange={({ target }) => onChange({ ...value, threshold: target.value })}
          />
        </>
      )}
    </>
  )
}
