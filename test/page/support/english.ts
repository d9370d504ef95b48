import { page } from "../../../src/languages/compiled/en/page.ts"
import { presentation } from "../../../src/languages/compiled/en/presentation.ts"
import { setMessages } from "../../../src/page/shell/messages.ts"

/** Sets the messages for a test that uses modules of the page outside of a browser. */
export const inEnglish = (): void => setMessages({ page, presentation, locale: "en" })
