import { ifAllowed } from "../shell/ifAllowed.ts"

export const toggleFullScreen = () => {
  const changing = document.fullscreenElement === null
    ? document.documentElement.requestFullscreen()
    : document.exitFullscreen()
  // A browser may forbid it.
  changing.catch(() => {})
}

/** Returns false if the browser forbids it, as over plain HTTP. */
export const copyLink = async (): Promise<boolean> => {
  const copied = ifAllowed(() => navigator.clipboard.writeText(location.href))
  if (copied === undefined) return false
  return copied.then(() => true, () => false)
}
