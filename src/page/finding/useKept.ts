import { useMemo, useSyncExternalStore } from "react"
import { useClient } from "../api/queries.ts"
import { personKey } from "../session/Session.ts"
import { ifAllowed } from "../shell/ifAllowed.ts"
import { afterOpening, type Kept, keptIn, movedBefore, withFavourite } from "./Kept.ts"

const listeners = new Set<() => void>()
const held = new Map<string, Kept>()

const read = (place: string): Kept => {
  const known = held.get(place)
  if (known !== undefined) return known
  const kept = keptIn(ifAllowed(() => localStorage.getItem(place)))
  held.set(place, kept)
  return kept
}

const write = (place: string, kept: Kept) => {
  if (kept === read(place)) return
  held.set(place, kept)
  ifAllowed(() => localStorage.setItem(place, JSON.stringify(kept)))
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  // Another tab of the same person may have changed it.
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== null) held.delete(key)
    listener()
  }
  addEventListener("storage", onStorage)
  listeners.add(listener)
  return () => {
    removeEventListener("storage", onStorage)
    listeners.delete(listener)
  }
}

/** The favourites and the last opened reports of the signed-in person. */
export const useKept = () => {
  const { person } = useClient()
  const place = `crm-reports.kept ${personKey(person)}`
  const kept = useSyncExternalStore(subscribe, () => read(place))
  // These functions stay the same when another tab writes. Otherwise, two tabs would write by turns without end.
  const changes = useMemo(() => ({
    opened: (id: string) => write(place, afterOpening(read(place), id)),
    favour: (id: string, isFavourite: boolean) => write(place, withFavourite(read(place), id, isFavourite)),
    moveBefore: (id: string, other: string) => write(place, movedBefore(read(place), id, other))
  }), [place])
  return { kept, ...changes }
}
