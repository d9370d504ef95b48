import { Duration, Option, type Redacted } from "effect"
import type * as Database from "../../src/services/database/Database.ts"

export const settingsOf = (url: Redacted.Redacted): Database.Settings => ({
  url: Option.some(url),
  dataFolder: "",
  maxConnections: 10,
  connectFor: Duration.seconds(30)
})
