import { Effect, Option, type Redacted, Result } from "effect"
import { Config } from "../../Config.ts"
import { addressOf } from "../../services/database/address.ts"
import { poolerAt } from "../../services/database/pooler.ts"
import { type Findings, ok, problem } from "./Finding.ts"

const usable = (hasDirectUrl: boolean) =>
  hasDirectUrl
    ? "a pooler is between the service and PostgreSQL; migrations go past it"
    : "a pooler is between the service and PostgreSQL; migrations use it too, unless DATABASE_DIRECT_URL is set"

export const pooler = (url: Redacted.Redacted) =>
  Effect.gen(function*() {
    const hasDirectUrl = Option.isSome(yield* Config.databaseDirectUrl)
    const findings: Record<Effect.Success<ReturnType<typeof poolerAt>>, Findings> = {
      none: [],
      usable: [ok(usable(hasDirectUrl))],
      "forgets statements": [problem(
        "the pooler forgets prepared statements: set max_prepared_statements in PgBouncer 1.21 or newer, or pool_mode = session"
      )],
      "refuses transactions": [problem("the pooler refuses transactions: set pool_mode = transaction in PgBouncer")]
    }
    const urls = Result.match(addressOf(url), { onFailure: () => [url], onSuccess: (found) => found.urls })
    return findings[yield* Effect.firstSuccessOf(urls.map(poolerAt))]
  })
