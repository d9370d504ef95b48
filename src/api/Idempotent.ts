import { Schema } from "effect"
import { HttpApiMiddleware } from "effect/http-api"
import type { CurrentCaller } from "../domain/Caller.ts"
import { IdempotencyInProgress, IdempotencyKey, IdempotencyMismatch } from "../domain/Idempotency.ts"
import { ReportNotFound } from "../domain/Report.ts"
import { SnapshotNotFound } from "../domain/Snapshot.ts"
import { SubscriptionNotFound } from "../domain/Subscription.ts"
import { TimedOut, Unavailable } from "../domain/Unavailable.ts"

const failures = [IdempotencyInProgress, IdempotencyMismatch, Unavailable, TimedOut] as const

export class IdempotentReport extends HttpApiMiddleware.Service<IdempotentReport, { requires: CurrentCaller }>()(
  "crm-reports/api/IdempotentReport",
  { error: [...failures, ReportNotFound] }
) {}

export class IdempotentSnapshot extends HttpApiMiddleware.Service<IdempotentSnapshot, { requires: CurrentCaller }>()(
  "crm-reports/api/IdempotentSnapshot",
  { error: [...failures, SnapshotNotFound] }
) {}

export class IdempotentSubscription
  extends HttpApiMiddleware.Service<IdempotentSubscription, { requires: CurrentCaller }>()(
    "crm-reports/api/IdempotentSubscription",
    { error: [...failures, SubscriptionNotFound] }
  )
{}

export const idempotencyKey = { "idempotency-key": Schema.optionalKey(IdempotencyKey) }
