import { useMemo, useSyncExternalStore } from "react"
import { usePerson } from "../api/queries.ts"
import { makeEdits } from "../builder/Drafts.ts"
import { personKey } from "../session/Session.ts"
import type { Typed } from "./cells.ts"

export const nothingTyped: Typed = { texts: new Map() }

/** The table of the weights of stages. The other tables have the id of a metric and a year. */
export const weightsTable = "weights"

export const targetsTable = (metricId: string, year: number | ""): string => `${metricId} ${year}`

const typedNumbers = makeEdits<Typed>(({ texts }) => texts.size > 0)

const keyOf = (person: Parameters<typeof personKey>[0], table: string) => `${personKey(person)} ${table}`

/** Returns the texts that the person has typed into the table, also while the page shows something else. */
export const useTyped = (table: string) => {
  const key = keyOf(usePerson(), table)
  const now = () => typedNumbers.of(key) ?? nothingTyped
  const change = (make: (typed: Typed) => Typed) => typedNumbers.set(key, make(now()))
  return [useSyncExternalStore(typedNumbers.subscribe, now), change, now] as const
}

/** Returns the tables with numbers that the person has not saved. */
export const useUnsavedTables = (): ReadonlyArray<string> => {
  const start = keyOf(usePerson(), "")
  const keys = useSyncExternalStore(typedNumbers.subscribe, typedNumbers.dirty)
  return useMemo(
    () => [...keys].flatMap((key) => key.startsWith(start) ? [key.slice(start.length)] : []),
    [keys, start]
  )
}
