import type { BrowserContextOptions, Page } from "playwright-core"
import type { demoApi } from "./demoApi.ts"
import type { Look } from "./looking.ts"

export interface Walking extends ReturnType<typeof demoApi> {
  readonly address: (hash?: string) => string
  /** Opens a page in a new tab. */
  readonly open: (
    hash: string,
    options?: BrowserContextOptions & { readonly userId?: string }
  ) => Promise<{ readonly page: Page; readonly look: Look }>
}

/** A walk opens screens and dialogs one after the other, and calls `look` to check each. */
export type Walk = (walking: Walking) => Promise<void>
