import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { isFull } from "../proof/storesFor.ts"
import { isBrowserMissing, opened } from "./support/browser.ts"
import { demoApi } from "./support/demoApi.ts"
import { lookingAt, type Size, sizes } from "./support/looking.ts"
import { setting } from "./support/setting.ts"
import type { Walk } from "./support/Walk.ts"
import { building, changing } from "./walks/editing.ts"
import { ending, failing } from "./walks/failing.ts"
import { finding, targeting } from "./walks/finding.ts"
import { mailing } from "./walks/mailing.ts"
import { signingIn } from "./walks/signingIn.ts"
import { freezing, reading, viewing } from "./walks/viewing.ts"

const walks: ReadonlyArray<readonly [name: string, walk: Walk]> = [
  ["a report", viewing],
  ["a search", finding],
  ["a member's report", reading],
  ["snapshots", freezing],
  ["mails", mailing],
  ["targets", targeting],
  ["a new report", building],
  ["an edited report", changing],
  ["a failure", failing],
  ["an ended session", ending],
  ["the sign-in", signingIn]
]

/** The browser reports failed requests, but some walks make requests fail on purpose. */
const expected = /^Failed to load resource|TypeError: Failed to fetch dynamically imported module/

const sources = (folder: string, pattern: string) =>
  globSync(pattern, { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8"))

describe.skipIf(isBrowserMissing)("accessibility", () => {
  const { address, browser } = setting()
  const demo = demoApi(address)

  const walked = async (walk: Walk, size: Size): Promise<ReadonlyArray<string>> => {
    const wrong: Array<string> = []
    const tabs: Array<Awaited<ReturnType<typeof opened>>> = []
    await walk({
      ...demo,
      address,
      open: async (hash, options = {}) => {
        const tab = await opened(browser(), address(hash), { reducedMotion: "reduce", ...size.options, ...options })
        tabs.push(tab)
        return { page: tab.page, look: lookingAt(tab.page, size, wrong) }
      }
    })
    for (const { complaints, page } of tabs) {
      wrong.push(...complaints.filter((one) => !expected.test(one)))
      await page.close()
    }
    return wrong
  }

  /** Outside of `.ci/full`, one walk at each narrow size is enough. */
  const walkAtNarrowSize = ["a report", "a new report"]

  describe.each(sizes.map((size, at) => ({ ...size, at })))("$name", ({ at, ...size }) => {
    describe.each(walks)("the screens of %s", (name, walk) => {
      it.runIf(isFull || at === 0 || walkAtNarrowSize[at - 1] === name)(
        "have no accessibility error, break no content security policy, and fit into the browser window",
        async () => {
          assert.deepStrictEqual(await walked(walk, size), [])
        }
      )
    })
  })
})

describe("the checked screens", () => {
  it("the checked screens include every component with a dialog, a popover or a main element", () => {
    const shown = sources(join(import.meta.dirname, "../../src/page"), "**/*.tsx")
      .filter((text) => /<(?:Dialog|Popover|main)[\s>]/.test(text))
      .flatMap((text) => [...text.matchAll(/export const ([A-Z]\w*) = /g)].map(([, name]) => name))
    const looks = new Set(
      sources(join(import.meta.dirname, "walks"), "*.ts")
        .flatMap((text) => [...text.matchAll(/look\("(\w+)"/g)].map(([, name]) => name))
    )
    assert.isNotEmpty(shown)
    assert.deepStrictEqual(shown.filter((name) => !looks.has(name)), [])
  })
})
