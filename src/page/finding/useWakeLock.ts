import { useEffect } from "react"
import { ifAllowed } from "../shell/ifAllowed.ts"
import { isFull } from "./commands.ts"

/** While the page fills the screen, or always, as on a wall, the browser does not turn the screen off. */
export const useWakeLock = (isAlways = false) => {
  useEffect(() => {
    let held: Promise<WakeLockSentinel | undefined> | undefined
    const release = () => {
      void held?.then((lock) => lock?.release())
      held = undefined
    }
    // The browser takes the lock away from a hidden page, and does not give it back.
    const update = () => {
      release()
      const isFree = !isAlways && !isFull()
      if (isFree || document.visibilityState === "hidden") return
      // Over plain HTTP there is no lock, and to save power the browser may refuse it.
      held = ifAllowed(() => navigator.wakeLock.request("screen"))?.catch(() => undefined)
    }
    update()
    document.addEventListener("fullscreenchange", update)
    document.addEventListener("visibilitychange", update)
    return () => {
      document.removeEventListener("fullscreenchange", update)
      document.removeEventListener("visibilitychange", update)
      release()
    }
  }, [isAlways])
}
