import { existsSync } from "node:fs"
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request
} from "playwright-core"
import { until, waitLimit } from "./until.ts"

const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

const executablePath = places.find((place) => place !== undefined && place !== "" && existsSync(place))

/** Without Chromium, the tests of the page are skipped with a message. */
export const isBrowserMissing = executablePath === undefined

if (isBrowserMissing) {
  process.stderr.write("Tests of the page are skipped: install Chromium, or name it in CHROMIUM.\n")
}

/** Chromium would load two hidden pages for the address bar of each window. */
const ofAddressBar = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"]

/** Playwright disables these features too, but Chromium reads only the last list of disabled features. */
const disabledFeatures = [
  ...ofAddressBar,
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning"
]

export const launched = (): Promise<Browser> =>
  chromium.launch({
    timeout: waitLimit,
    executablePath: executablePath ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${disabledFeatures.join()}`
    ]
  })

export interface Opened {
  readonly page: Page
  /** Contains the browser's errors, warnings and policy violations. */
  readonly complaints: ReadonlyArray<string>
}

/** Records the text of every toast, because a slow test may look after the toast has gone. */
const keepToasts = `
  window.toasts = []
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.matches?.(".toast")) window.toasts.push(node.innerText)
    }
  }).observe(document, { childList: true, subtree: true })
`

/** Makes the page believe that it is hidden, so that it opens no stream. Most tests expect runs and no streams. */
const withoutStream = `Object.defineProperty(document, "hidden", { get: () => true, configurable: true })`

/** A toast with an undo stays until the test ends its time, because a slow test may press its button late. */
const holdUndo = `{
  const { setTimeout } = window
  window.undoEnds = []
  window.setTimeout = (run, millis, ...more) =>
    millis === 12_000 ? window.undoEnds.push(run) && 0 : setTimeout(run, millis, ...more)
}`

/** Pages of other tests share the storage. Each page begins without favourites and last opened reports. */
const withoutKept = `try {
  if (window.name !== "begun") {
    for (const key of Object.keys(localStorage)) if (key.startsWith("crm-reports.kept")) localStorage.removeItem(key)
    window.name = "begun"
  }
} catch {
  // A page without an address, and a browser that forbids storage, keep nothing.
}`

const optionsOf = new WeakMap<BrowserContext, string>()

/** Pages with equal options share a browser context, because a new context doubles the CPU time of a page. */
const contextWith = async (browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> => {
  const wanted = JSON.stringify(options)
  const open = browser.contexts().find((context) => optionsOf.get(context) === wanted)
  if (open !== undefined) return open
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    ...options
  })
  context.setDefaultTimeout(waitLimit)
  await context.addInitScript({ content: keepToasts })
  await context.addInitScript({ content: holdUndo })
  optionsOf.set(context, wanted)
  return context
}

export const opened = async (
  browser: Browser,
  address: string,
  options: BrowserContextOptions & { readonly userId?: string; readonly isLive?: boolean } = {}
): Promise<Opened> => {
  const { isLive = false, userId, ...more } = options
  const page = await (await contextWith(browser, more)).newPage()
  const close = page.close.bind(page)
  // A request that a route of the test still sends would fail outside of the test.
  page.close = async (how) => {
    await page.unrouteAll({ behavior: "ignoreErrors" })
    await close(how)
  }
  const complaints: Array<string> = []
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text())
  })
  page.on("pageerror", (error) => complaints.push(error.message))
  await page.addInitScript({ content: withoutKept })
  if (!isLive) await page.addInitScript({ content: withoutStream })
  if (userId !== undefined) {
    await page.addInitScript({ content: `sessionStorage.setItem("crm-reports.person", "org_demo ${userId}")` })
  }
  await page.goto(address)
  return { page, complaints }
}

/** Waits until the page has shown a toast with this text. */
export const said = (page: Page, text: RegExp): Promise<void> =>
  until(`a toast like ${text}`, () => page.evaluate(`window.toasts.some((toast) => ${text}.test(toast))`))

export const toast = (page: Page, text: string) => page.locator(".toast").filter({ hasText: text })

/** Closes the toast of a deletion, and waits until the service has answered. */
export const deletedNow = async (page: Page, title: string): Promise<void> => {
  const answered = page.waitForResponse((response) => response.request().method() === "DELETE")
  await toast(page, `“${title}” is deleted in 12 seconds`).getByRole("button", { name: "Dismiss", exact: true }).click()
  await (await answered).finished()
}

/** Ends the time of all toasts that had an undo, also of those that are closed. */
export const toastsEnded = (page: Page) => page.evaluate("for (const end of window.undoEnds) end()")

/** Waits until at least this number of cards is drawn. */
export const drawn = async (page: Page, atLeast = 1): Promise<void> => {
  await page.locator(".plot svg").nth(atLeast - 1).waitFor()
}

/** Returns true if the browser would ask before it leaves the page. */
export const asksToLeave = async (page: Page) =>
  await page.evaluate(`dispatchEvent(new Event("beforeunload", { cancelable: true }))`) === false

export const isStream = (request: Request) => request.headers()["accept"] === "text/event-stream"
