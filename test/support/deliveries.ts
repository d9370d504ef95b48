import { type Config, ConfigProvider, DateTime, Effect, Layer } from "effect"
import { Documents } from "../../src/documents/Documents.ts"
import type { Caller } from "../../src/domain/Caller.ts"
import { UserId } from "../../src/domain/Ids.ts"
import type { Layout } from "../../src/domain/Layout.ts"
import type { CreateSubscription, Subscription } from "../../src/domain/Subscription.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { BuilderOptions } from "../../src/services/access/BuilderOptions.ts"
import { Catalog } from "../../src/services/access/Catalog.ts"
import { Gating } from "../../src/services/access/Gating.ts"
import { Organizations } from "../../src/services/access/Organizations.ts"
import { ReportValidation } from "../../src/services/access/ReportValidation.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { Alerts } from "../../src/services/deliveries/Alerts.ts"
import { ChangedAlerts } from "../../src/services/deliveries/ChangedAlerts.ts"
import { Delivering } from "../../src/services/deliveries/Delivering.ts"
import { MailContents } from "../../src/services/deliveries/MailContents.ts"
import { Mailing } from "../../src/services/deliveries/Mailing.ts"
import { Posting } from "../../src/services/deliveries/Posting.ts"
import { Subscriptions } from "../../src/services/deliveries/Subscriptions.ts"
import { Exporting } from "../../src/services/export/Exporting.ts"
import { Goals } from "../../src/services/goals/Goals.ts"
import type { ApiKeys } from "../../src/services/keys/ApiKeys.ts"
import { Comparing } from "../../src/services/reports/Comparing.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { MetricRunner } from "../../src/services/run/MetricRunner.ts"
import { MetricSource } from "../../src/services/run/MetricSource.ts"
import { fixedClock } from "../../src/testing/fixedClock.ts"

const settings = (port: number) =>
  ConfigProvider.layer(ConfigProvider.fromEnv({
    env: {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: "CRM Reports <reports@example.com>",
      PUBLIC_URL: "https://reports.example.com",
      WEBHOOK_LOOPBACK: "true"
    }
  }))

/** Sends mails to a port, and messages to urls of this machine. */
export const channelsTo = (port: number, mailing = Mailing.layer) =>
  Layer.merge(mailing, Posting.layer).pipe(Layer.provide(settings(port)), Layer.orDie)

/** Makes no files, because the processes that make files are slow to start. */
const noPictures = Layer.mock(Documents, { make: () => Effect.succeed(new Uint8Array([1])) })

/** Everything that sends mails, over stores in memory. */
export const deliveriesOver = (
  tables: Tables,
  keys: Layer.Layer<ApiKeys, never, Admission>,
  port: number,
  documents: Layer.Layer<Documents, Config.ConfigError> = noPictures,
  source: Layer.Layer<MetricSource> = MetricSource.layerMemory(tables)
) =>
  Layer.mergeAll(Layer.provide(Subscriptions.layer, settings(port)), Delivering.layer, ChangedAlerts.layer).pipe(
    Layer.provideMerge(MailContents.layer),
    Layer.provideMerge(Exporting.layer),
    Layer.provideMerge(Layer.mergeAll(Alerts.layer, Comparing.layer)),
    Layer.provideMerge(MetricRunner.layer),
    Layer.provide(ReportValidation.layer),
    Layer.provideMerge(Goals.layerMemory),
    Layer.provide([Catalog.layer, Gating.layer, documents]),
    Layer.provideMerge(source),
    Layer.provide([Organizations.layerMemory(tables), BuilderOptions.layerMemory(tables)]),
    Layer.provideMerge(
      Layer.mergeAll(ReportRepo.layerMemory, SnapshotRepo.layerMemory, SubscriptionRepo.layerMemory)
    ),
    Layer.provideMerge(Layer.provide(keys, Admission.unlimited)),
    Layer.provide(channelsTo(port)),
    Layer.provideMerge(Admission.unlimited)
  )

export const daily: Omit<CreateSubscription, "to"> = {
  every: "day",
  at: "07:00",
  timeZone: "Europe/Madrid",
  channel: "email",
  format: "csv"
}

/** Saves a report with a subscription that is made at `now`. */
export const subscribed = Effect.fnUntraced(function*(
  caller: Caller,
  to: ReadonlyArray<string> | undefined,
  layout: Layout,
  now: number,
  more: Partial<CreateSubscription> = {}
) {
  const report = yield* (yield* ReportRepo).create(caller, {
    title: "Sales & more",
    visibility: "organization",
    layout
  })
  const request = { ...daily, ...more, ...(to && { to: to.map((userId) => UserId.make(userId)) }) }
  return yield* (yield* Subscriptions).create(caller, report.id, request).pipe(fixedClock(now))
})

/** Sends what waits. */
export const send = Delivering.use(({ findWaiting, sendOne }) =>
  Effect.andThen(findWaiting, Effect.repeat(sendOne, { while: (wasOne) => wasOne }))
)

/** Makes what is due at `now`, and sends what waits. */
export const deliverAt = (now: number) =>
  Delivering.use(({ makeDue }) => makeDue).pipe(Effect.andThen(send), fixedClock(now))

/** Returns the outcome for each recipient. */
export const outcomesOf = (caller: Caller, { id }: Pick<Subscription, "id">) =>
  Effect.map(
    SubscriptionRepo.use((repo) => repo.find(caller, id)),
    ({ to }) => Object.fromEntries(to.map(({ last, userId }) => [userId, [last?.state, last?.reason]]))
  )

export const at = (text: string) => DateTime.toEpochMillis(DateTime.makeUnsafe(text))
