import { Context, type DateTime, Effect, Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import type { AlertState } from "../../../domain/Alert.ts"
import type { Caller } from "../../../domain/Caller.ts"
import type {
  Addressee,
  Claimed,
  DeliveryReason,
  DueSubscription,
  Judging,
  Ordered,
  OrderedAlert,
  Outcome
} from "../../../domain/Delivery.ts"
import type { OrgId, ReportId, SubscriptionId, UserId } from "../../../domain/Ids.ts"
import type { InvalidRequest } from "../../../domain/InvalidRequest.ts"
import type { ReportNotFound } from "../../../domain/Report.ts"
import type { Subscription, SubscriptionNotFound } from "../../../domain/Subscription.ts"
import type { Unreachable } from "../../../domain/Unavailable.ts"
import { AuditLog } from "../AuditLog/AuditLog.ts"
import { recordedSubscriptions } from "../AuditLog/recorded.ts"
import { MemoryStore } from "../MemoryStore.ts"
import { memorySubscriptionRepo } from "./memory.ts"
import { sqlSubscriptionRepo } from "./sql.ts"

/** The properties that a request sets, without the recipients. */
export interface Terms
  extends Omit<Subscription, "id" | "reportId" | "createdBy" | "host" | "to" | "lastTest" | "createdAt">
{
  /** Null for mails. */
  readonly url: string | null
}

/** The properties that a change sets. A view or a url that is left out is not changed. */
export type ChangedTerms = Omit<Terms, "view" | "url"> & Partial<Pick<Terms, "view" | "url">>

export interface AlertLook {
  readonly organizationId: OrgId
  readonly looked: string | null
}

type Refused = SubscriptionNotFound | Unreachable

/** The creator, the owner of the report, and admins find a subscription, as long as they may read its report. */
export class SubscriptionRepo extends Context.Service<SubscriptionRepo, {
  /** Fails with `InvalidRequest` if the report has too many subscriptions. */
  create(
    caller: Caller,
    reportId: ReportId,
    terms: Terms,
    to: ReadonlyArray<UserId>
  ): Effect.Effect<Subscription, InvalidRequest | ReportNotFound | Unreachable>
  list(caller: Caller, reportId: ReportId): Effect.Effect<ReadonlyArray<Subscription>, Unreachable>
  find(caller: Caller, id: SubscriptionId): Effect.Effect<Subscription, Refused>
  /** While `change` computes the new terms from the present ones, nothing else changes the subscription. */
  update(
    caller: Caller,
    id: SubscriptionId,
    change: (before: Subscription) => ChangedTerms,
    to: ReadonlyArray<UserId> | undefined
  ): Effect.Effect<Subscription, Refused>
  /** Returns the report of the subscription. */
  remove(caller: Caller, id: SubscriptionId): Effect.Effect<ReportId, Refused>
  /** Makes a delivery to the caller. */
  test(caller: Caller, id: SubscriptionId, now: DateTime.Utc): Effect.Effect<void, Refused>
  /** Returns undefined if there is no such subscription. `linkKey` signs its links. */
  link(
    organizationId: OrgId,
    id: SubscriptionId
  ): Effect.Effect<Pick<Ordered, "linkKey" | "locale"> | undefined, Unreachable>
  /** Call this only for a link with the right signature. Returns undefined if the mails had ended before. */
  end(addressee: Addressee, now: DateTime.Utc): Effect.Effect<ReportId | undefined, Unreachable>

  /** Returns the organizations that have a subscription due. */
  organizationsDue(now: DateTime.Utc): Effect.Effect<ReadonlyArray<OrgId>, Unreachable>
  due(organizationId: OrgId, now: DateTime.Utc): Effect.Effect<ReadonlyArray<DueSubscription>, Unreachable>
  /** Makes a delivery to each recipient, and sets the next time due. Does nothing if another process has done it. */
  makeDeliveries(
    due: DueSubscription,
    made: {
      readonly dueAt: DateTime.Utc
      readonly nextAt: DateTime.Utc
      readonly settled: { readonly at: DateTime.Utc; readonly outcome: Outcome } | undefined
    }
  ): Effect.Effect<void, Unreachable>

  /**
   * Returns the organizations with alerts that no process judges now. `looked` is what the last judgement stored, or null
   * before the first.
   */
  alertLooks(now: DateTime.Utc): Effect.Effect<ReadonlyArray<AlertLook>, Unreachable>
  /** Takes the alerts of an organization, unless another process has taken them since `look` was read. */
  takeAlerts(look: AlertLook, now: DateTime.Utc): Effect.Effect<Judging | undefined, Unreachable>
  /** Keeps the alerts until `until`. With `looked`, the judgement ends. Returns false if another process has them. */
  keepAlerts(judging: Judging, until: DateTime.Utc, looked?: string): Effect.Effect<boolean, Unreachable>
  /**
   * Returns the alerts whose mails have neither ended nor paused, without those that have a delivery that no process
   * holds, or one that failed less than `alertRest` ago.
   */
  alerts(organizationId: OrgId, now: DateTime.Utc): Effect.Effect<ReadonlyArray<OrderedAlert>, Unreachable>
  /** Makes a delivery. */
  deliver(addressee: Addressee, dueAt: DateTime.Utc): Effect.Effect<void, Unreachable>

  /** Returns the organizations that have a delivery to send. */
  organizationsWaiting(now: DateTime.Utc): Effect.Effect<ReadonlyArray<OrgId>, Unreachable>
  /** Takes a delivery, which no other process takes until the lease ends. */
  claim(organizationId: OrgId, now: DateTime.Utc): Effect.Effect<Claimed | undefined, Unreachable>
  /** Returns what to send, or undefined if the subscription was deleted. */
  ordered(addressee: Addressee): Effect.Effect<Ordered | undefined, Unreachable>
  /** Moves the end of the lease on. Returns false if this process no longer holds the delivery. */
  renew(claimed: Claimed, now: DateTime.Utc): Effect.Effect<boolean, Unreachable>
  /** Call this before the first byte leaves. With false, nothing may be sent. A later claim has `judged`. */
  hand(claimed: Claimed, now: DateTime.Utc, judged?: AlertState | null): Effect.Effect<boolean, Unreachable>
  /**
   * Ends the delivery, and sets the state of the alert. Pauses the recipient after too many failures, in which tests do not
   * count, and an alert whose widget was removed. Returns false if this process no longer holds the delivery.
   */
  settle(claimed: Claimed, now: DateTime.Utc, outcome: Outcome): Effect.Effect<boolean, Unreachable>
  /** `isRefused` says that what was handed was certainly not accepted. */
  retry(
    claimed: Claimed,
    at: DateTime.Utc,
    reason: DeliveryReason,
    isRefused: boolean
  ): Effect.Effect<void, Unreachable>
  /** Deletes old deliveries. Returns how many. */
  purge(now: DateTime.Utc): Effect.Effect<number, Unreachable>
}>()("crm-reports/services/reports/SubscriptionRepo") {
  static readonly layerSql = Layer.effect(SubscriptionRepo, Effect.flatMap(sqlSubscriptionRepo, recordedSubscriptions))
    .pipe(
      Layer.provide(SecureRandom.layerWebCrypto),
      Layer.provide(AuditLog.layerSql)
    )

  static readonly layerMemory = Layer.effect(
    SubscriptionRepo,
    Effect.flatMap(memorySubscriptionRepo, recordedSubscriptions)
  ).pipe(
    Layer.provide([MemoryStore.layer, SecureRandom.layerWebCrypto]),
    Layer.provide(AuditLog.layerMemory)
  )
}
