const failedSheets = new Set<HTMLLinkElement>()

/** Keeps the style sheets that cannot be loaded. An error of an element does not bubble. */
export const keepFailedSheets = () =>
  addEventListener("error", ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet") failedSheets.add(target)
  }, true)

const loadAgain = (failed: HTMLLinkElement) =>
  new Promise((resolve, reject) => {
    const { crossOrigin, href, rel } = failed
    const again = Object.assign(document.createElement("link"), { crossOrigin, rel, href })
    again.addEventListener("load", resolve)
    again.addEventListener("error", () => reject(new Error(`${href} cannot be loaded.`)))
    failedSheets.delete(failed)
    failed.replaceWith(again)
  })

/** An import does not load a style sheet a second time, so this function does. */
export const loadFailedSheets = () => Promise.all([...failedSheets].map(loadAgain))
