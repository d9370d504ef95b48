import { Effect, Layer, Redacted } from "effect"
import type { SqlClient } from "effect/sql"
import { Admission } from "../../src/services/admission/Admission.ts"
import * as Database from "../../src/services/database/Database.ts"
import type { SqlFailures } from "../../src/services/database/statements.ts"
import { Delivering } from "../../src/services/deliveries/Delivering.ts"
import { MailContents } from "../../src/services/deliveries/MailContents.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"
import { testKeys } from "../../src/testing/testKeys.ts"
import { channelsTo } from "./deliveries.ts"
import { settingsOf } from "./settingsOf.ts"

/** A process that sends mails without numbers, because only the queue is of interest. */
export const workerOver = (
  url: Redacted.Redacted,
  port: number,
  repo: Layer.Layer<SubscriptionRepo, never, SqlClient.SqlClient | SqlFailures> = SubscriptionRepo.layerSql
) =>
  Delivering.layer.pipe(
    Layer.provideMerge(repo),
    Layer.provide(ReportRepo.layerSql),
    Layer.provide(Layer.mock(MailContents, {
      of: () =>
        Effect.succeed({
          title: "Report",
          document: undefined,
          picture: undefined,
          file: undefined,
          notice: "No numbers."
        })
    })),
    Layer.provide([channelsTo(port), Layer.provide(testKeys(), Admission.unlimited)]),
    Layer.provide([Database.clientOf(settingsOf(url)), Admission.unlimited])
  )

/** Sends what waits at the time `NOW`, four at a time, as a process of its own. */
const [, , url, port, now] = process.argv
if (import.meta.main && url !== undefined) {
  const sending = Effect.gen(function*() {
    const { findWaiting, sendOne } = yield* Delivering
    yield* findWaiting
    const slot = Effect.repeat(sendOne, { while: (wasOne) => wasOne })
    yield* Effect.all([slot, slot, slot, slot], { concurrency: "unbounded" })
  })
  await Effect.runPromise(
    sending.pipe(fixedClock(Number(now)), Effect.provide(workerOver(Redacted.make(url), Number(port))))
  )
  process.exit(0)
}
