import { useIsFetching, useQueryClient } from "@tanstack/react-query"
import { useEffect, useState, useSyncExternalStore } from "react"
import { useClient } from "../api/queries.ts"
import type { MetricSeries, RunRequest } from "../api/wire.ts"
import { t } from "../shell/messages.ts"
import { choice, takeBegun } from "./firstRun.ts"
import { follow } from "./follow.ts"
import { orOld } from "./orOld.ts"

const subscribe = (listener: () => void) => {
  document.addEventListener("visibilitychange", listener)
  return () => document.removeEventListener("visibilitychange", listener)
}

/** While the stream cannot be opened, numbers of this age are counted again without it. */
const oldMillis = 10_000

/** A hidden tab has no stream. */
export const LiveSwitch = ({ request }: { readonly request: RunRequest }) => {
  const { api } = useClient()
  const queries = useQueryClient()
  const isHidden = useSyncExternalStore(subscribe, () => document.hidden)
  const [isLive, setLive] = useState(choice.isLive)
  const [isOpen, setOpen] = useState(false)
  const asked = JSON.stringify(request)
  /** While the run is counted again, its stream replaces this one. */
  const isFetching = useIsFetching({ queryKey: ["run", asked] }) > 0
  useEffect(() => {
    if (!isLive || isHidden || isFetching) return
    const body: RunRequest = JSON.parse(asked)
    return follow({
      begun: takeBegun(api, asked),
      open: (signal, lastEventId) => api.live(body, signal, lastEventId),
      onOpen: () => setOpen(true),
      onClose: (updatedAt) => {
        setOpen(false)
        queries.setQueryData(["run", asked], (all) => all, { updatedAt })
      },
      onRefused: () => {
        const { dataUpdatedAt = 0 } = queries.getQueryState(["run", asked]) ?? {}
        if (Date.now() - dataUpdatedAt > oldMillis) void queries.invalidateQueries({ queryKey: ["run", asked] })
      },
      onSeries: (series) =>
        queries.setQueryData<ReadonlyArray<MetricSeries>>(
          ["run", asked],
          (all) => all?.map((one) => one.instanceId === series.instanceId ? orOld(one, series) : one)
        )
    })
  }, [api, asked, isFetching, isHidden, isLive, queries])
  return (
    <button
      type="button"
      className="quiet"
      title={isLive ? t.pause() : t.followChanges()}
      onClick={() => setLive(choice.isLive = !isLive)}
    >
      {isLive ? isOpen ? t.live() : t.connecting() : t.paused()}
    </button>
  )
}
