import { type Config, Data, Effect } from "effect"
import { SqlClient } from "effect/sql"
import { writeTables } from "../../src/data/writeTables.ts"
import type { Unreachable } from "../../src/domain/Unavailable.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import type { Broken } from "./Broken.ts"
import type { Tried } from "./Tried.ts"

class Undone extends Data.TaggedError("Undone")<{ readonly tried: Tried }> {}

/** The tables are written in a transaction, which is rolled back after the work. */
export const withStored = Effect.fnUntraced(
  function*<R>(
    tables: Tables,
    work: (source: MetricSource["Service"]) => Effect.Effect<Tried, Broken | Config.ConfigError | Unreachable, R>
  ) {
    const client = yield* SqlClient.SqlClient
    return yield* client.withTransaction(Effect.gen(function*() {
      yield* writeTables(tables)
      return yield* new Undone({
        tried: yield* work(yield* Effect.provide(Effect.service(MetricSource), MetricSource.layerSql))
      })
    })).pipe(Effect.catchTag("Undone", ({ tried }) => Effect.succeed(tried)))
  }
)
