import { useMemo, useState } from "react"
import type { CatalogEntry } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"

interface MetricListProps {
  readonly metrics: ReadonlyArray<CatalogEntry>
  readonly chosen: string | undefined
  readonly onChoose: (metricId: string) => void
}

const matches = (words: ReadonlyArray<string>, { category, description, label }: CatalogEntry): boolean => {
  const text = `${label} ${category} ${description}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

const found = (metrics: ReadonlyArray<CatalogEntry>, sought: string): ReadonlyArray<CatalogEntry> => {
  const words = sought.toLowerCase().split(/\s+/).filter((word) => word !== "")
  const hits = metrics.filter((metric) => matches(words, metric))
  const isNamed = ({ label }: CatalogEntry) => words.every((word) => label.toLowerCase().includes(word))
  return words.length === 0 ? hits : [...hits.filter(isNamed), ...hits.filter((metric) => !isNamed(metric))]
}

const groupsOf = (metrics: ReadonlyArray<CatalogEntry>) => [...Map.groupBy(metrics, ({ category }) => category)]

export const MetricList = ({ chosen, metrics, onChoose }: MetricListProps) => {
  const [sought, seek] = useState("")
  const groups = useMemo(() => groupsOf(found(metrics, sought)), [metrics, sought])
  return (
    <div className="metric-list">
      <div className="search">
        <Icon name="search" />
        <input
          type="search"
          aria-label={t.searchNumbers()}
          placeholder={t.searchExample()}
          value={sought}
          onChange={({ target }) => seek(target.value)}
          data-focus
        />
      </div>
      <div className="metric-groups" tabIndex={-1}>
        {groups.map(([category, entries]) => (
          <div key={category} role="group" aria-label={entries[0]?.categoryLabel}>
            <h3>{entries[0]?.categoryLabel}</h3>
            {entries.map(({ description, id, label }) => (
              <button
                key={id}
                type="button"
                className="metric"
                aria-pressed={id === chosen}
                onClick={() => onChoose(id)}
              >
                <span>{label}</span>
                <small>{description}</small>
              </button>
            ))}
          </div>
        ))}
        {groups.length === 0 && <p className="muted centered">{t.nothingCalled({ sought })}</p>}
      </div>
    </div>
  )
}
