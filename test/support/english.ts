import { localizationOf } from "../../src/languages/messagesOf.ts"

export const english = localizationOf("en")
