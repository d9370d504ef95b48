import { useId } from "react"
import { usualBucketOf } from "../../presentation/usualBucket.ts"
import type { Timeframe } from "../api/wire.ts"
import { bucketNames, presetNames } from "../card/words.ts"
import { t, zoneOr } from "../shell/messages.ts"

interface TimeframeFieldsProps {
  readonly value: Timeframe
  readonly isAhead?: boolean
  readonly onChange: (timeframe: Timeframe) => void
  /** Is called after a choice that needs no dates. */
  readonly onDone?: () => void
}

const bucketTitles = () =>
  ({ day: t.day(), week: t.week(), month: t.month(), quarter: t.quarter(), year: t.year() }) as const

const dayMillis = 86_400_000

/** This locale writes dates as the API takes them. */
const daysAgo = (days: number, timeZone: string | undefined) =>
  new Intl.DateTimeFormat("sv", { timeZone: zoneOr(timeZone) }).format(Date.now() - days * dayMillis)

export const withPreset = ({ from: _from, to: _to, ...rest }: Timeframe, preset: string): Timeframe => ({
  ...rest,
  preset,
  bucket: usualBucketOf(preset)
})

export const TimeframeFields = ({ isAhead = false, onChange, onDone, value }: TimeframeFieldsProps) => {
  const id = useId()
  const choose = (preset: string) => {
    const dates = preset === "custom"
      ? {
        from: value.from ?? daysAgo(isAhead ? 0 : 29, value.timeZone),
        to: value.to ?? daysAgo(isAhead ? -29 : 0, value.timeZone)
      }
      : {}
    onChange({ ...withPreset(value, preset), ...dates })
    if (preset !== "custom") onDone?.()
  }
  return (
    <div className="fields">
      <div className="presets" role="group" aria-label={t.time()}>
        {presetNames(isAhead).map(([preset, name]) => (
          <button
            key={preset}
            type="button"
            aria-pressed={value.preset === preset}
            onClick={() => choose(preset)}
          >
            {name}
          </button>
        ))}
      </div>
      {value.preset === "custom" && (
        <div className="pair">
          <div>
            <label htmlFor={`${id}-from`}>{t.from()}</label>
            <input
              id={`${id}-from`}
              type="date"
              value={value.from ?? ""}
              max={value.to}
              onChange={({ target }) => onChange({ ...value, from: target.value })}
            />
          </div>
          <div>
            <label htmlFor={`${id}-to`}>{t.toIncluded()}</label>
            <input
              id={`${id}-to`}
              type="date"
              value={value.to ?? ""}
              min={value.from}
              max="9999-12-31"
              onChange={({ target }) => onChange({ ...value, to: target.value })}
            />
          </div>
        </div>
      )}
      <div className="segments" role="group" aria-label={t.steps()}>
        {bucketNames().map(([bucket, name]) => (
          <button
            key={bucket}
            type="button"
            aria-pressed={(value.bucket ?? "day") === bucket}
            aria-label={name}
            onClick={() => onChange({ ...value, bucket })}
          >
            {bucketTitles()[bucket]}
          </button>
        ))}
      </div>
    </div>
  )
}
