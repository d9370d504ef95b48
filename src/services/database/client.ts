import { PgClient } from "@effect/sql-pg"
import { Effect } from "effect"
import { DatabaseUnusable } from "./DatabaseUnusable.ts"

/** Sessions are in UTC whatever the server's zone is. */
export const client = (config: PgClient.PgPoolConfig) =>
  PgClient.layerFrom(
    Effect.mapError(
      PgClient.make({ ...config, startupParameters: { timezone: "UTC" }, applicationName: "crm-reports" }),
      DatabaseUnusable.because
    )
  )
