import { retryMillis } from "../api/queries.ts"

/** Loads a part of the page. After an outage, the browser can load it, so a failed load is tried again. */
export const untilLoaded = <A>(load: () => Promise<A>): Promise<A> =>
  load().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, retryMillis))
    return untilLoaded(load)
  })
