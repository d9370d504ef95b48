import { beforeLoads } from "./untilLoaded.ts"

const failedSheets = new Set<HTMLLinkElement>()

const isOfPage = ({ href }: HTMLLinkElement) => new URL(href, location.href).origin === location.origin

const loadAgain = (failed: HTMLLinkElement) =>
  new Promise((resolve, reject) => {
    const { crossOrigin, href, rel } = failed
    const again = Object.assign(document.createElement("link"), { crossOrigin, rel, href })
    again.addEventListener("load", resolve)
    again.addEventListener("error", () => reject(new Error(`${href} cannot be loaded.`)))
    failed.replaceWith(again)
  })

/** An import does not load a failed style sheet a second time, so this function does it before each part of the page. */
export const loadFailedSheets = () => {
  // An error of an element does not bubble. An extension of the browser may add other sheets.
  addEventListener("error", ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet" && isOfPage(target)) failedSheets.add(target)
  }, true)
  let loading: Promise<unknown> | undefined
  const load = () => {
    const failed = [...failedSheets].filter(({ isConnected }) => isConnected)
    failedSheets.clear()
    return Promise.all(failed.map(loadAgain)).finally(() => {
      loading = undefined
    })
  }
  beforeLoads(() => loading ??= load())
}
