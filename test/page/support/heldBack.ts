import type { Page, Route } from "playwright-core"
import { within } from "./until.ts"

/** Delays requests with this method until `release` is called. Later requests are not delayed. */
export const heldBack = async (page: Page, address: RegExp | string, method: string) => {
  const held: Array<Route> = []
  const state = { isHolding: true }
  const asked = Promise.withResolvers<void>()
  await page.route(address, async (route) => {
    if (!state.isHolding || route.request().method() !== method) return route.fallback()
    held.push(route)
    asked.resolve()
  })
  const until = () => within(`a ${method} of ${address}`, asked.promise)
  return {
    /** Waits for the first request. */
    until,
    release: async (pass = (route: Route) => route.continue()) => {
      await until()
      state.isHolding = false
      await Promise.all(held.map(pass))
    }
  }
}
