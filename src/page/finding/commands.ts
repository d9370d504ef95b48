import { ifAllowed } from "../shell/ifAllowed.ts"
import { goTo, slideshowAddress } from "../shell/route.ts"

/** Without an element, the whole page fills the screen. */
export const toggleFullScreen = (element: Element | null = null) => {
  const changing = document.fullscreenElement === null
    ? (element ?? document.documentElement).requestFullscreen()
    : document.exitFullscreen()
  // A browser may forbid it.
  changing.catch(() => {})
}

export const leaveFullScreen = () => {
  if (document.fullscreenElement !== null) toggleFullScreen()
}

/** The full screen needs the click or the key that calls this function. */
export const startSlideshow = () => {
  if (document.fullscreenElement === null) toggleFullScreen()
  goTo(slideshowAddress)
}

/** Returns false if the browser forbids it, as over plain HTTP. */
const copied = async (write: () => Promise<void>): Promise<boolean> => {
  const writing = ifAllowed(write)
  if (writing === undefined) return false
  return writing.then(() => true, () => false)
}

export const copyLink = () => copied(() => navigator.clipboard.writeText(location.href))

/** The click allows the copy only for some seconds, so the browser gets the picture before it has arrived. */
export const copyPicture = (png: Promise<Blob>) =>
  copied(() => navigator.clipboard.write([new ClipboardItem({ "image/png": png })]))
