/** The pause before a failed request is sent again. */
export const retryMillis = 4_000

const held = { before: (): Promise<unknown> => Promise.resolve() }

/** Before each load, `before` must succeed. */
export const beforeLoads = (before: () => Promise<unknown>) => {
  held.before = before
}

/**
 * Loads a part of the page. After an outage, the browser can load it, so a failed load is tried again. After a minute,
 * it fails, because a later version of the service no longer has the part.
 */
export const untilLoaded = <A>(load: () => Promise<A>, tries = 15): Promise<A> =>
  held.before().then(load).catch(async (error: unknown) => {
    if (tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, retryMillis))
    return untilLoaded(load, tries - 1)
  })
