import { ifAllowed } from "../shell/ifAllowed.ts"
import { goTo, slideshowAddress } from "../shell/route.ts"
import { isFilled, mayFill } from "./fullScreen.ts"

export const hasFullScreen = () => mayFill(document)

export const isFull = () => isFilled(document)

/** Without an element, the whole page fills the screen. */
export const toggleFullScreen = (element: Element | null = null) => {
  if (!hasFullScreen()) return
  const changing = isFull()
    ? document.exitFullscreen()
    : (element ?? document.documentElement).requestFullscreen()
  // A browser may forbid it.
  changing.catch(() => {})
}

export const leaveFullScreen = () => {
  if (isFull()) toggleFullScreen()
}

/** The full screen needs the click or the key that calls this function. */
export const startSlideshow = () => {
  if (!isFull()) toggleFullScreen()
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
