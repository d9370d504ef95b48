import { useState } from "react"
import type { MetricRecord } from "../api/wire.ts"
import { ifAllowed } from "../shell/ifAllowed.ts"
import { hiddenIn } from "./hiddenColumns.ts"

const place = "crm-reports.hidden-columns"

export const useHiddenColumns = (type: MetricRecord["type"] | undefined) => {
  const [all, setAll] = useState(() => hiddenIn(ifAllowed(() => localStorage.getItem(place))))
  const hidden = all[type ?? ""] ?? []
  const hide = (key: string, isHidden: boolean) => {
    const others = hidden.filter((other) => other !== key)
    const next = { ...all, [type ?? ""]: isHidden ? [...others, key] : others }
    setAll(next)
    ifAllowed(() => localStorage.setItem(place, JSON.stringify(next)))
  }
  return { hidden, hide }
}
