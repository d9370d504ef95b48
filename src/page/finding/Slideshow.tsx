import { useCallback, useEffect, useRef, useState } from "react"
import { useReports } from "../api/queries.ts"
import { DraftsContext } from "../builder/Drafts.ts"
import { isBehindDialog, isTyping } from "../builder/EditorKeys.tsx"
import { noDrafts } from "../builder/noDrafts.ts"
import { ReportPage } from "../report/ReportPage.tsx"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { goTo, reportAddress } from "../shell/route.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { isFull, toggleFullScreen } from "./commands.ts"
import { NoReport } from "./Home.tsx"
import { slidesOf } from "./Kept.ts"
import { stopsOf } from "./stops.ts"
import { useKept } from "./useKept.ts"
import { useWakeLock } from "./useWakeLock.ts"

/** In this many steps, a slide is over. */
const ticks = 20

/** The place to which the slide scrolls after a part of its time. */
const stopAt = (part: number): number => {
  const bar = document.querySelector<HTMLElement>(".report-bar")
  if (bar === null) return 0
  const cards = [...document.querySelectorAll(".cell")].map((one) => {
    const { bottom, top } = one.getBoundingClientRect()
    return { top: top + scrollY, bottom: bottom + scrollY }
  })
  const stops = stopsOf(cards, parseFloat(getComputedStyle(bar).top) + bar.offsetHeight, innerHeight)
  return stops[Math.floor(part * stops.length)] ?? 0
}

/** Each report has its own view. */
const ownView = new URLSearchParams()

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Shows the favourites, or else all reports, one after the other, as on a wall. Scrolls through a report in its time. */
export const Slideshow = ({ seconds }: { readonly seconds: number }) => {
  const list = useReports()
  const { data, refetch } = list
  const { kept } = useKept()
  const { say, whisper } = useSaying()
  const [at, setAt] = useState(0)
  const [isPaused, pause] = useState(false)
  const shown = useRef({ ticks: 0, stop: 0 })
  useWakeLock(true)
  const slides = data === undefined ? [] : slidesOf(data.results, kept)
  const count = slides.length
  const slide = slides[at % count]
  const id = slide?.id
  const turn = useCallback((by: number) => setAt((now) => (now + by + count) % count), [count])
  const end = useCallback(() => goTo(id === undefined ? "#/" : reportAddress(id)), [id])
  const leave = () => {
    if (isFull()) toggleFullScreen()
    else end()
  }
  const pauseOrGoOn = () => {
    pause(!isPaused)
    say(isPaused ? t.slideshowGoesOn() : t.slideshowPaused())
  }

  useEffect(() => say(matchMedia("(pointer: coarse)").matches ? t.slideshowTouch() : t.slideshowKeys()), [say])
  useEffect(() => {
    shown.current = { ticks: 0, stop: 0 }
    scrollTo(0, 0)
  }, [at])
  useEffect(() => {
    if (isPaused) return undefined
    const timer = setInterval(() => {
      if (isBehindDialog()) return
      const now = (shown.current.ticks + 1) % ticks
      // Reports may be new, deleted or newly shared.
      if (now === 0) void refetch()
      if (now === 0 && count > 1) return turn(1)
      const stop = stopAt(now / ticks)
      // Between its stops, a person may scroll.
      if (stop !== shown.current.stop) scrollTo(0, stop)
      shown.current = { ticks: now, stop }
    }, seconds * 1_000 / ticks)
    return () => clearInterval(timer)
  }, [count, isPaused, refetch, seconds, turn])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { ctrlKey, defaultPrevented, key, metaKey, target } = event
      if (defaultPrevented || ctrlKey || metaKey || isBehindDialog() || isTyping(target)) return
      const by = steps[key]
      const next = by === undefined || count === 0 ? undefined : (at + by + count) % count
      if (next !== undefined) {
        setAt(next)
        whisper(t.slideshowSlide({ at: `${next + 1}`, count: `${count}`, title: slides[next]?.title ?? "" }))
      } else if (key === " " && !(target instanceof HTMLButtonElement)) {
        pauseOrGoOn()
      } else if (key === "Escape") leave()
      else return
      event.preventDefault()
    }
    // Escape leaves the full screen, and the page does not get this key.
    const onFullScreen = () => {
      if (!isFull()) end()
    }
    addEventListener("keydown", onKey)
    document.addEventListener("fullscreenchange", onFullScreen)
    return () => {
      removeEventListener("keydown", onKey)
      document.removeEventListener("fullscreenchange", onFullScreen)
    }
  })
  const pauseName = isPaused ? t.slideshowGoOn() : t.slideshowPause()
  return (
    <>
      {id === undefined ? <NoReport reports={list} /> : (
        <DraftsContext value={noDrafts}>
          <ReportPage id={id} query={ownView} />
        </DraftsContext>
      )}
      <aside className="slide-buttons">
        <button type="button" className="square" aria-label={pauseName} title={pauseName} onClick={pauseOrGoOn}>
          <Icon name={isPaused ? "play" : "pause"} />
        </button>
        <button
          type="button"
          className="square"
          aria-label={t.slideshowEnd()}
          title={t.slideshowEnd()}
          onClick={leave}
        >
          <Icon name="close" />
        </button>
      </aside>
    </>
  )
}
