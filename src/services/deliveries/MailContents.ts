import { Context, Effect, Layer } from "effect"
import { alertLine, alertTestLine } from "../../documents/alertLine.ts"
import { type Document, seriesCardsOf } from "../../documents/Document.ts"
import { type Alert, figureOf, isBeyond } from "../../domain/Alert.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { Claimed, Ordered, Outcome } from "../../domain/Delivery.ts"
import type { DocumentFormat } from "../../domain/DocumentFormat.ts"
import type { ReportNotFound } from "../../domain/Report.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { messagesOf } from "../../languages/messagesOf.ts"
import { Exporting } from "../export/Exporting.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import { Alerts, type Judged, NotComputed } from "./Alerts.ts"
import type { Content } from "./letterOf.ts"

const mostPictureBytes = 4_000_000

/** Returns undefined if the message is sent. */
const quietOf = (alert: Alert, { state, verdict }: Judged, claimed: Claimed): Outcome | undefined => {
  const { handed, isTest, judged } = claimed
  if (isTest || verdict === "crossed") return undefined
  if (verdict === "widget_removed") return { state: "skipped", reason: verdict, removed: alert }
  if (handed === 0 || state === undefined) return { state: "skipped", reason: verdict, judged: state }
  // The figure came back after a mail that may have arrived.
  return { state: "uncertain", reason: "no_answer", judged: { ...state, mailedAt: judged?.mailedAt ?? null } }
}

/** The line has the number that the mail shows. Returns undefined if this number is not beyond the threshold. */
const toldIn = (
  { document }: Content,
  alert: Alert,
  judged: Judged,
  { isTest }: Claimed,
  { locale }: Ordered
): Content["alert"] => {
  if (isTest) return { line: alertTestLine(alert, judged.verdict, judged, locale), state: undefined }
  const card = seriesCardsOf(document ?? { cards: [] }).find(({ series }) => series.instanceId === alert.instanceId)
  const figure = card === undefined ? judged.figure : figureOf(alert, card.series)
  if (figure === null || !isBeyond(alert, figure)) return undefined
  return { line: alertLine(alert, { ...judged, figure }, locale), state: judged.state }
}

const mayBeComputedLater = (document: Document): boolean =>
  seriesCardsOf(document).some(({ series: { error } }) => error?.code === "timeout" || error?.code === "unavailable")

export class MailContents extends Context.Service<MailContents, {
  /**
   * Computes a message under the gate of its reader. Only mails have a picture. With `isLast`, numbers that cannot be
   * computed and files that cannot be made are left out. Returns an outcome if an alert has nothing to tell.
   */
  of(
    reader: Caller,
    claimed: Claimed,
    order: Ordered,
    isLast: boolean
  ): Effect.Effect<Content | Outcome, NotComputed | ReportNotFound | Unreachable>
}>()("crm-reports/services/deliveries/MailContents") {
  static readonly layer = Layer.effect(
    MailContents,
    Effect.gen(function*() {
      const alerts = yield* Alerts
      const exporting = yield* Exporting
      const reports = yield* ReportRepo

      /** A mail is sent without a file that is too large or needs a missing package, and at last without any that fails. */
      const fileOf = (reader: Caller, document: Document, format: DocumentFormat, isLast: boolean) => {
        const made = exporting.file(reader, document, format).pipe(
          Effect.catchTag(["InvalidRequest", "PdfNotInstalled"], () => Effect.succeed(undefined))
        )
        if (!isLast) return made
        return made.pipe(
          Effect.orElseSucceed(() => undefined),
          Effect.catchDefect((defect) =>
            Effect.as(Effect.logWarning("the file of a mail could not be made", defect), undefined)
          )
        )
      }

      const computed = Effect.fnUntraced(
        function*(reader: Caller, { channel, format, locale, reportId, view }: Ordered, isLast: boolean) {
          const document = yield* exporting.document(reader, reportId, view, { locale })
          if (mayBeComputedLater(document)) return yield* new NotComputed()
          const picture = channel === "email" ? yield* fileOf(reader, document, "png", isLast) : undefined
          const file = format === "link" ? undefined : yield* fileOf(reader, document, format, isLast)
          const content: Content = {
            title: document.title,
            document,
            picture: picture !== undefined && picture.bytes.length <= mostPictureBytes ? picture : undefined,
            file,
            notice: format === "link" || file !== undefined
              ? ""
              : messagesOf(locale).mails.noFile()
          }
          return content
        }
      )

      const withoutNumbers = Effect.fnUntraced(function*(reader: Caller, { locale, reportId }: Ordered) {
        const { title } = yield* reports.find(reader, reportId)
        const content: Content = {
          title,
          document: undefined,
          picture: undefined,
          file: undefined,
          notice: messagesOf(locale).mails.noNumbers()
        }
        return content
      })

      const contentOf = (reader: Caller, order: Ordered, isLast: boolean) =>
        isLast
          ? Effect.catchTag(
            computed(reader, order, isLast),
            ["NotComputed", "TimedOut"],
            () => withoutNumbers(reader, order)
          )
          : computed(reader, order, isLast)

      const of = Effect.fnUntraced(
        function*(reader: Caller, claimed: Claimed, order: Ordered, isLast: boolean) {
          if (order.when === null) return yield* contentOf(reader, order, isLast)
          const judged = yield* alerts.judge(reader, order, order.when)
          const quiet = quietOf(order.when, judged, claimed)
          if (quiet !== undefined) return quiet
          const content = yield* contentOf(reader, order, isLast)
          const alert = toldIn(content, order.when, judged, claimed, order)
          return alert === undefined ? yield* new NotComputed() : { ...content, alert }
        }
      )
      return { of }
    })
  )
}
