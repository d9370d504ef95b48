import type { BrowserContextOptions, Page } from "playwright-core"
import type { demoApi } from "./demoApi.ts"
import type { Look } from "./looking.ts"

export interface Walking extends ReturnType<typeof demoApi> {
  readonly address: (hash?: string) => string
  /** A page of a new tab. */
  readonly open: (
    hash: string,
    options?: BrowserContextOptions & { readonly userId?: string }
  ) => Promise<{ readonly page: Page; readonly look: Look }>
}

/** Goes through screens and dialogs, and looks at each. */
export type Walk = (walking: Walking) => Promise<void>
