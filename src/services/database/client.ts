import { PgClient } from "@effect/sql-pg"
import { Effect } from "effect"
import { DatabaseUnusable } from "./DatabaseUnusable.ts"

/** More than the statements of a busy dashboard for members and admins. */
const preparedStatementCacheSize = 200

/** Sessions are in UTC whatever the server's zone is. */
export const client = ({ startupParameters, ...config }: PgClient.PgPoolConfig) =>
  PgClient.layerFrom(
    Effect.mapError(
      PgClient.make({
        ...config,
        preparedStatementCacheSize,
        startupParameters: { timezone: "UTC", ...startupParameters },
        applicationName: "crm-reports"
      }),
      DatabaseUnusable.because
    )
  )
