const failed = new Set<HTMLLinkElement>()

// Such an event does not bubble.
globalThis.addEventListener("error", ({ target }) => {
  if (target instanceof HTMLLinkElement && target.rel === "stylesheet") failed.add(target)
}, { capture: true })

/** Vite loads the stylesheet of a part only once, so a stylesheet that failed is loaded again before another load of code. */
export const restyled = () =>
  Promise.all([...failed].map((link) => {
    failed.delete(link)
    return new Promise((settle) => {
      const next = link.cloneNode()
      next.addEventListener("load", settle)
      next.addEventListener("error", settle)
      link.replaceWith(next)
    })
  }))
