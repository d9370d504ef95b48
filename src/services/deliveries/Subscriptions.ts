import { Context, DateTime, Effect, Layer } from "effect"
import { Config } from "../../Config.ts"
import type { Caller } from "../../domain/Caller.ts"
import { nextDue, type Times, timesOf } from "../../domain/dueTimes.ts"
import type { ReportId, SubscriptionId, UserId } from "../../domain/Ids.ts"
import { InvalidRequest, type Issue } from "../../domain/InvalidRequest.ts"
import { isEmptyUpdate, type ReportNotFound } from "../../domain/Report.ts"
import {
  type CreatedSubscription,
  type CreateSubscription,
  DeliveriesNotConfigured,
  type DeliveryChannel,
  type Subscription,
  SubscriptionNotFound,
  SubscriptionNotYours,
  type UpdateSubscription
} from "../../domain/Subscription.ts"
import { termsAfter } from "../../domain/subscriptionRules.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { Organizations } from "../access/Organizations.ts"
import { ReportValidation } from "../access/ReportValidation.ts"
import { withDeadline } from "../admission/withDeadline.ts"
import { ApiKeys } from "../keys/ApiKeys.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { SubscriptionRepo } from "../reports/SubscriptionRepo/SubscriptionRepo.ts"
import { Alerts } from "./Alerts.ts"
import { webhookSecret } from "./postOf.ts"
import { faultOfUrl } from "./postUrl.ts"
import { addresseeOf, isSigned } from "./unsubscribeLink.ts"

/**
 * An idempotency key is held for at least 30 seconds (`holderTimeout`), and a retry after that would store a second
 * subscription. The other half of the time is for the statements.
 */
const membersDeadline = "15 seconds"

type Refused = InvalidRequest | DeliveriesNotConfigured | Unreachable

/** Parameters of the path of a link that ends the mails. */
type Link = Readonly<Record<string, string | undefined>>

/** Mails have recipients and a file. Messages to a url have neither. */
const faultsOf = (
  channel: DeliveryChannel,
  { format, to, url }: UpdateSubscription,
  isLoopbackAllowed: boolean
): ReadonlyArray<Issue> => {
  if (channel === "email") return url === undefined ? [] : [{ path: "url", message: "is not for the channel email" }]
  const fault = url === undefined ? undefined : faultOfUrl(channel, url, isLoopbackAllowed)
  return [
    ...(to === undefined ? [] : [{ path: "to", message: "is only for the channel email" }]),
    ...(format === undefined || format === "link" ? [] : [{ path: "format", message: "must be link" }]),
    ...(fault === undefined ? [] : [{ path: "url", message: fault }])
  ]
}

const missingIn = ({ channel, format, to, url }: CreateSubscription): ReadonlyArray<Issue> => {
  const needed = channel === "email" ? { to, format } : { url }
  return Object.entries(needed).flatMap(([path, value]) =>
    value === undefined ? [{ path, message: `is needed for the channel ${channel}` }] : []
  )
}

export class Subscriptions extends Context.Service<Subscriptions, {
  create(
    caller: Caller,
    reportId: ReportId,
    request: CreateSubscription
  ): Effect.Effect<CreatedSubscription, Refused | ReportNotFound>
  list(caller: Caller, reportId: ReportId): Effect.Effect<ReadonlyArray<Subscription>, ReportNotFound | Unreachable>
  update(
    caller: Caller,
    id: SubscriptionId,
    request: UpdateSubscription
  ): Effect.Effect<Subscription, Refused | SubscriptionNotFound | SubscriptionNotYours>
  /** Returns the locale of the mails, or undefined if the link is not valid. */
  open(link: Link): Effect.Effect<string | undefined, Unreachable>
  /** Ends the mails to the person of the link, and returns the same as `open`. */
  end(link: Link): Effect.Effect<string | undefined, Unreachable>
}>()("crm-reports/services/deliveries/Subscriptions") {
  static readonly layer = Layer.effect(
    Subscriptions,
    Effect.gen(function*() {
      const alerts = yield* Alerts
      const keys = yield* ApiKeys
      const organizations = yield* Organizations
      const reports = yield* ReportRepo
      const subscriptions = yield* SubscriptionRepo
      const validation = yield* ReportValidation
      const isLoopbackAllowed = yield* Config.webhookLoopback

      const check = (issues: ReadonlyArray<Issue>) =>
        issues.length === 0 ? Effect.void : Effect.fail(InvalidRequest.of(issues))

      /** Returns each person once. */
      const membersIn = Effect.fnUntraced(function*({ organizationId }: Caller, to: ReadonlyArray<UserId>) {
        const roles = yield* Effect.forEach(to, (userId) => keys.roleOf(organizationId, userId), { concurrency: 3 })
          .pipe(
            Effect.catchTag("KeysNotConfigured", () => Effect.fail(new DeliveriesNotConfigured())),
            withDeadline(membersDeadline)
          )
        const issues = roles.flatMap((role, at) =>
          role === undefined ? [{ path: `to[${at}]`, message: "is not a member of the organization" }] : []
        )
        yield* check(issues)
        return [...new Set(to)]
      })

      const nextAfterNow = (times: Times) =>
        Effect.map(DateTime.now, (now) => DateTime.makeUnsafe(nextDue(times, DateTime.toEpochMillis(now))))

      const create = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId, request: CreateSubscription) {
        const { channel, format = "link", locale = "en", url = null, view = {} } = request
        yield* check([...missingIn(request), ...faultsOf(channel, request, isLoopbackAllowed)])
        const { organization } = yield* organizations.lookUp(caller.organizationId, [])
        const times = yield* timesOf(request, organization)
        yield* validation.checkTimeframe(caller, "view.timeframe", view.timeframe)
        const report = yield* reports.find(caller, reportId)
        const to = yield* membersIn(caller, request.to ?? [caller.userId])
        const when = request.when === undefined ? null : yield* alerts.checked(caller, report, view, request.when)
        const nextAt = yield* nextAfterNow(times)
        const terms = { ...times, channel, format, locale, url, view, when, paused: false, pauseReason: null, nextAt }
        const created = yield* subscriptions.create(caller, reportId, terms, to)
        const { organizationId } = caller
        const link = channel === "webhook" ? yield* subscriptions.link(organizationId, created.id) : undefined
        const secret = link === undefined
          ? null
          : webhookSecret(link.linkKey, { organizationId, subscriptionId: created.id })
        return { ...created, secret }
      })

      const list = Effect.fnUntraced(function*(caller: Caller, reportId: ReportId) {
        yield* reports.find(caller, reportId)
        return yield* subscriptions.list(caller, reportId)
      })

      /** An alert is checked against the report if a change concerns it. */
      const alertAfter = Effect.fnUntraced(
        function*(caller: Caller, before: Subscription, { paused, view = before.view, when }: UpdateSubscription) {
          if (before.when === null) {
            if (when === undefined) return null
            const message = "is only for a subscription that was made with it"
            return yield* InvalidRequest.of([{ path: "when", message }])
          }
          const isConcerned = when !== undefined || view !== before.view || (before.paused && paused === false)
          if (!isConcerned) return before.when
          const report = yield* Effect.catchTag(
            reports.find(caller, before.reportId),
            "ReportNotFound",
            () => Effect.fail(new SubscriptionNotFound())
          )
          return yield* alerts.checked(caller, report, view, when ?? before.when)
        }
      )

      const update = Effect.fnUntraced(function*(caller: Caller, id: SubscriptionId, request: UpdateSubscription) {
        const before = yield* subscriptions.find(caller, id)
        const isMail = before.channel === "email"
        if (!isMail && before.createdBy !== caller.userId) return yield* new SubscriptionNotYours()
        if (isEmptyUpdate(request)) return before
        yield* check(faultsOf(before.channel, request, isLoopbackAllowed))
        const { at = before.at, every = before.every, timeZone = before.timeZone } = request
        yield* timesOf({ at, every, timeZone }, before)
        yield* validation.checkTimeframe(caller, "view.timeframe", request.view?.timeframe)
        const isStartedAgain = request.url !== undefined || (!isMail && request.paused === false)
        const recipients = isStartedAgain ? [caller.userId] : request.to
        const to = recipients && (yield* membersIn(caller, recipients))
        const when = yield* alertAfter(caller, before, request)
        const now = DateTime.toEpochMillis(yield* DateTime.now)
        return yield* subscriptions.update(caller, id, (locked) => termsAfter(locked, request, when, now), to)
      })

      const foundBy = Effect.fnUntraced(function*(link: Link) {
        const addressee = addresseeOf(link)
        if (addressee === undefined) return undefined
        const found = yield* subscriptions.link(addressee.organizationId, addressee.subscriptionId)
        const isValid = found !== undefined && isSigned(found.linkKey, addressee, link["signature"])
        return isValid ? { addressee, locale: found.locale } : undefined
      })

      const open = (link: Link) => Effect.map(foundBy(link), (found) => found?.locale)

      const end = Effect.fnUntraced(function*(link: Link) {
        const found = yield* foundBy(link)
        if (found !== undefined) yield* subscriptions.end(found.addressee, yield* DateTime.now)
        return found?.locale
      })
      return { create, list, update, open, end }
    })
  )
}
