import type { Route } from "playwright-core"
import { drawn } from "../support/browser.ts"
import { stat } from "../support/demoApi.ts"
import { heldBack } from "../support/heldBack.ts"
import { triedAgain } from "../support/triedAgain.ts"
import type { Walk } from "../support/Walk.ts"

/** Shows the page while the service cannot be reached. */
export const failing: Walk = async ({ address, open, reportWith }) => {
  const id = await reportWith("Fails", [stat, { ...stat, instanceId: "b", metricId: "deals.win_rate", x: 3 }])
  const { look, page } = await open("#/new")
  await page.getByRole("button", { name: /Empty report/ }).waitFor()
  const at = async (hash: string) => {
    await page.goto("about:blank")
    await page.goto(address(hash))
  }
  const signIn = await heldBack(page, "**/app/sign-in", "GET")
  await at("")
  await page.getByText("One moment…").waitFor()
  await look("SignInPage", "starting")
  await page.route("**/app/sign-in", (route) => route.abort())
  await signIn.release((route) => route.abort())
  await page.getByText("The service cannot be reached").waitFor()
  await look("SignInPage", "failed")

  const service = { isDown: true }
  await page.route("**/crm-reports?*", (route) => service.isDown ? route.abort() : route.continue())
  const list = await heldBack(page, "**/crm-reports?*", "GET")
  await triedAgain(page, page, "**/app/sign-in")
  await page.unroute("**/app/sign-in")
  await page.locator(".skeleton-card").first().waitFor()
  await look("PageSkeleton")
  await list.release((route) => route.abort())
  await page.getByRole("heading", { name: "This cannot be shown now" }).waitFor()
  await look("NotFound", "for now")
  service.isDown = false
  await at("#/reports/00000000-0000-4000-8000-000000000000")
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor()
  await look("NotFound")

  const run = { answer: (route: Route) => route.abort() }
  await page.route("**/metrics/run", (route) => run.answer(route))
  const first = await heldBack(page, "**/metrics/run", "POST")
  await at(`#/reports/${id}`)
  await page.locator(".card .skeleton").first().waitFor()
  await look("Card", "loading")
  await first.release((route) => route.abort())
  await page.getByRole("alert").waitFor()
  await look("Banner")
  run.answer = async (route) => {
    const response = await route.fetch()
    const { results: [one, other] } = await response.json()
    const error = { code: "timeout", message: "The answer took too long." }
    await route.fulfill({ response, json: { results: [one, { ...other, stat: null, error }] } })
  }
  await page.getByRole("button", { name: "Count again" }).click()
  await page.getByText("This card has no answer").waitFor()
  await drawn(page, 1)
  await look("Card", "failed")
  await page.route("**/assets/RecordsPanel*.js", (route) => route.abort())
  await page.getByRole("application").press("Enter")
  await page.getByRole("dialog").getByRole("alert").waitFor()
  await look("LazyDialog", "not loaded")
}

/** Shows what the page does when the session ends. */
export const ending: Walk = async ({ open, reportWith }) => {
  const id = await reportWith("Ends", [stat])
  const { look, page } = await open(`#/reports/${id}`)
  await drawn(page, 1)
  await page.route("**/crm-reports/**", (route) => route.fulfill({ status: 401, json: { code: "token_expired" } }))
  await page.route("**/app/sign-in", (route) => route.abort())
  await page.getByRole("button", { name: "Count again" }).click()
  await page.getByRole("dialog", { name: "Your session has ended" }).waitFor()
  await look("SessionEnded")
  await page.getByRole("button", { name: "Sign in again" }).click()
  await page.getByRole("dialog").getByRole("alert").waitFor()
  await look("SessionEnded", "with a problem")
}
