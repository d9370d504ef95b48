import { useId } from "react"
import type { Timeframe } from "../api/wire.ts"
import { bucketNames, presetNames } from "../card/words.ts"

interface TimeframeFieldsProps {
  readonly value: Timeframe
  readonly onChange: (timeframe: Timeframe) => void
}

const sensibleBucket: Readonly<Record<string, string>> = {
  today: "day",
  yesterday: "day",
  last_7d: "day",
  last_30d: "day",
  last_90d: "week",
  last_12m: "month",
  this_week: "day",
  last_week: "day",
  this_month: "day",
  last_month: "day",
  this_quarter: "week",
  last_quarter: "week",
  this_year: "month",
  last_year: "month",
  all_time: "quarter",
  custom: "day"
}

const today = () => new Date().toISOString().slice(0, 10)

/** A preset brings a bucket that suits it; both can be chosen. */
export const TimeframeFields = ({ onChange, value }: TimeframeFieldsProps) => {
  const id = useId()
  const choose = (preset: string) => {
    const { from: _from, to: _to, ...rest } = value
    const dates = preset === "custom" ? { from: value.from ?? today(), to: value.to ?? today() } : {}
    onChange({ ...rest, preset, bucket: sensibleBucket[preset] ?? "day", ...dates })
  }
  return (
    <div className="fields">
      <label htmlFor={`${id}-preset`}>Time</label>
      <select id={`${id}-preset`} value={value.preset} onChange={({ target }) => choose(target.value)}>
        {presetNames.map(([preset, name]) => <option key={preset} value={preset}>{name}</option>)}
      </select>
      {value.preset === "custom" && (
        <div className="pair">
          <div>
            <label htmlFor={`${id}-from`}>From</label>
            <input
              id={`${id}-from`}
              type="date"
              value={value.from ?? ""}
              max={value.to}
              onChange={({ target }) => onChange({ ...value, from: target.value })}
            />
          </div>
          <div>
            <label htmlFor={`${id}-to`}>To, included</label>
            <input
              id={`${id}-to`}
              type="date"
              value={value.to ?? ""}
              min={value.from}
              onChange={({ target }) => onChange({ ...value, to: target.value })}
            />
          </div>
        </div>
      )}
      <label htmlFor={`${id}-bucket`}>In steps</label>
      <select
        id={`${id}-bucket`}
        value={value.bucket ?? "day"}
        onChange={({ target }) => onChange({ ...value, bucket: target.value })}
      >
        {bucketNames.map(([bucket, name]) => <option key={bucket} value={bucket}>{name}</option>)}
      </select>
    </div>
  )
}
