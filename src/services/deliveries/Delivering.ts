import { Context, Data, DateTime, Effect, Layer, Random, Schedule } from "effect"
import { type Caller, CurrentCaller } from "../../domain/Caller.ts"
import { type Claimed, type DeliveryReason, mostHanded, type Ordered, type Outcome } from "../../domain/Delivery.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { ApiKeys } from "../keys/ApiKeys.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../reports/SubscriptionRepo/SubscriptionRepo.ts"
import type { Letter } from "./Channel.ts"
import { claimingFrom } from "./claiming.ts"
import { letterOf } from "./letterOf.ts"
import { MailContents } from "./MailContents.ts"
import { Mailing } from "./Mailing.ts"
import { makingFrom } from "./making.ts"
import { Posting } from "./Posting.ts"
import { postOf } from "./postOf.ts"
import { renewing } from "./renewing.ts"

const latest = { hours: 24 }
const mostMinutes = 60
/** After so many attempts, a message without numbers is sent. */
const attemptsToCompute = 3
/** At least 40 of the 60 seconds of the lease are left, and a failover of PostgreSQL usually takes less time. */
const untilStored = { schedule: Schedule.spaced("2 seconds"), times: 20 }

/** Nothing is sent while the role or the address of a person is unknown. */
class PersonUnknown extends Data.TaggedError("PersonUnknown")<{}> {}

type Made = Omit<Letter, "id" | "hand"> & Pick<Claimed, "judged">

const skipped = (reason: DeliveryReason): Outcome => ({ state: "skipped", reason })
const failed = (reason: DeliveryReason): Outcome => ({ state: "failed", reason })
const uncertain: Outcome = { state: "uncertain", reason: "no_answer" }

const reasonNotToSend = (claimed: Claimed, order: Ordered | undefined): Outcome | undefined => {
  if (order === undefined) return skipped("ended")
  if (claimed.isTest) return undefined
  const { recipient } = order
  if (recipient === undefined || recipient.endedAt !== null) return skipped("ended")
  return order.paused || recipient.pausedAt !== null ? skipped("paused") : undefined
}

export class Delivering extends Context.Service<Delivering, {
  /** Makes the deliveries that are due in all organizations. */
  readonly makeDue: Effect.Effect<void, Unreachable>
  /** Finds the organizations whose deliveries are sent. */
  readonly findWaiting: Effect.Effect<void, Unreachable>
  /** Sends one delivery. Returns false if those that were found have none. */
  readonly sendOne: Effect.Effect<boolean>
}>()("crm-reports/services/deliveries/Delivering") {
  static readonly layer = Layer.effect(
    Delivering,
    Effect.gen(function*() {
      const contents = yield* MailContents
      const keys = yield* ApiKeys
      const mailing = yield* Mailing
      const posting = yield* Posting
      const reports = yield* ReportRepo
      const subscriptions = yield* SubscriptionRepo
      const { claimOne, findWaiting } = claimingFrom(subscriptions)
      const makeDue = makingFrom(subscriptions)

      /** A message that was handed over without an answer may have arrived. Unless it failed later, its alert was told. */
      const settle = (claimed: Claimed, outcome: Outcome) =>
        Effect.flatMap(DateTime.now, (now) => {
          const judged = outcome.judged ?? (claimed.handed > 0 && outcome.state !== "failed" ? claimed.judged : null)
          return subscriptions.settle(claimed, now, { ...outcome, judged })
        })

      /** The pauses between attempts double, and have a random part, so that processes do not try all at once. */
      const retry = Effect.fnUntraced(function*(claimed: Claimed, reason: DeliveryReason, isRefused = false) {
        const now = yield* DateTime.now
        const minutes = Math.min(mostMinutes, 2 ** (claimed.attempts - 1)) * (1 + (yield* Random.next) / 4)
        const at = DateTime.add(now, { seconds: Math.round(60 * minutes) })
        yield* subscriptions.retry(claimed, at, reason, isRefused)
      })

      const roleOf = ({ organizationId, userId }: Claimed) =>
        Effect.mapError(keys.roleOf(organizationId, userId), () => new PersonUnknown())

      const addressOf = ({ organizationId, userId }: Claimed) =>
        Effect.mapError(keys.addressOf(organizationId, userId), () => new PersonUnknown())

      const hand = (claimed: Claimed, judged: Made["judged"]) =>
        DateTime.now.pipe(
          Effect.flatMap((now) => subscriptions.hand(claimed, now, judged)),
          Effect.orElseSucceed(() => false)
        )

      const send = Effect.fnUntraced(function*(claimed: Claimed, { channel }: Ordered, { judged, ...letter }: Made) {
        let wasHanded = false
        const handing = Effect.tap(hand(claimed, judged), (isOurs) =>
          Effect.sync(() => {
            wasHanded = isOurs
          }))
        const isMail = channel === "email"
        const sent = yield* (isMail ? mailing : posting).send({ ...letter, id: claimed.id, hand: handing })
        const store = Effect.gen(function*() {
          switch (sent) {
            case "sent":
              return yield* settle(claimed, { state: "sent", reason: null, judged })
            case "refused":
              return yield* settle(claimed, failed(isMail ? "address_refused" : "url_refused"))
            case "later":
              return yield* retry(claimed, isMail ? "no_mail_server" : "url_failed", wasHanded)
            case "unknown":
              return yield* retry(claimed, "no_answer")
            case "not_handed":
              return yield* Effect.logWarning("a delivery was not sent, because this process may no longer hold it")
          }
        })
        // Without its outcome, the message would be sent again. A shutdown waits for no further attempt to store it.
        yield* Effect.catchTag(
          store,
          ["Unavailable", "TimedOut"],
          () => Effect.interruptible(Effect.retry(Effect.uninterruptible(store), untilStored))
        )
      }, Effect.uninterruptible)

      const compute = Effect.fnUntraced(function*(claimed: Claimed, caller: Caller, order: Ordered) {
        const content = yield* contents.of(caller, claimed, order, claimed.attempts >= attemptsToCompute).pipe(
          Effect.provideService(CurrentCaller, caller)
        )
        if ("state" in content) return content
        const judged = content.alert?.state ?? null
        if (order.url !== null) return { ...postOf(mailing.base, claimed, order, order.url, content), judged }
        const to = yield* addressOf(claimed)
        if (to === undefined) return failed("no_address")
        return { to, bytes: yield* letterOf(mailing, claimed, order, to, content), judged }
      })

      const computeAndSend = Effect.fnUntraced(function*(claimed: Claimed, caller: Caller, order: Ordered) {
        const made = yield* compute(claimed, caller, order)
        if ("state" in made) return yield* settle(claimed, made)
        // A person who was demoted while the numbers were computed gets other numbers.
        if ((yield* roleOf(claimed)) !== caller.role) return yield* retry(claimed, "role_unknown")
        // Computing may take minutes, in which the report can become private, and the mails can end or be paused.
        yield* reports.find(caller, order.reportId)
        const outcome = reasonNotToSend(claimed, yield* subscriptions.ordered(claimed))
        if (outcome !== undefined) return yield* settle(claimed, outcome)
        yield* send(claimed, order, made)
      })

      /** The lease is renewed until the message is sent, because a slow server may take longer than the lease. */
      const deliver = Effect.fnUntraced(function*(claimed: Claimed, order: Ordered) {
        const { organizationId, userId } = claimed
        const role = yield* roleOf(claimed)
        if (role === undefined) return yield* settle(claimed, skipped("not_a_member"))
        const caller: Caller = { organizationId, userId, role }
        yield* Effect.raceFirst(
          computeAndSend(claimed, caller, order),
          renewing((now) => subscriptions.renew(claimed, now))
        )
      })

      const attempt = Effect.fnUntraced(function*(claimed: Claimed, now: DateTime.Utc) {
        if (claimed.handed >= mostHanded) return yield* settle(claimed, uncertain)
        const order = yield* subscriptions.ordered(claimed)
        const outcome = reasonNotToSend(claimed, order)
        if (outcome !== undefined || order === undefined) return yield* settle(claimed, outcome ?? skipped("ended"))
        if (DateTime.isGreaterThan(now, DateTime.add(claimed.dueAt, latest))) {
          // A url that failed last counts towards the pause of its messages.
          const mayHaveArrived = claimed.handed > 0 && claimed.reason !== "url_failed"
          return yield* settle(claimed, mayHaveArrived ? uncertain : failed(claimed.reason ?? "too_late"))
        }
        yield* deliver(claimed, order).pipe(
          Effect.catchTag("ReportNotFound", () => settle(claimed, skipped("report_not_readable"))),
          Effect.catchTag("PersonUnknown", () => retry(claimed, "role_unknown")),
          Effect.catchTag(["NotComputed", "Unavailable", "TimedOut"], () => retry(claimed, "not_computed"))
        )
      })

      const attemptOrLog = (claimed: Claimed, now: DateTime.Utc) =>
        attempt(claimed, now).pipe(
          Effect.catchCause((cause) =>
            Effect.andThen(
              Effect.logWarning("a delivery failed and will be tried again", cause),
              Effect.ignore(retry(claimed, "not_computed"))
            )
          ),
          Effect.annotateLogs({ organizationId: claimed.organizationId, deliveryId: claimed.id })
        )

      const sendOne = Effect.gen(function*() {
        const now = yield* DateTime.now
        const claimed = yield* claimOne(now)
        if (claimed !== undefined) yield* attemptOrLog(claimed, now)
        return claimed !== undefined
      })
      return { makeDue, findWaiting, sendOne }
    })
  )
}
