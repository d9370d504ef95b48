import { Context, Data, Effect, Layer } from "effect"
import type { Document } from "../../documents/Document.ts"
import type { Caller } from "../../domain/Caller.ts"
import type { Ordered } from "../../domain/Delivery.ts"
import type { DocumentFormat } from "../../domain/DocumentFormat.ts"
import type { ReportNotFound } from "../../domain/Report.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import { Exporting } from "../export/Exporting.ts"
import { ReportRepo } from "../reports/ReportRepo/ReportRepo.ts"
import type { Content } from "./letterOf.ts"

/** A widget took too long, or the database did not answer. */
export class NotComputed extends Data.TaggedError("NotComputed")<{}> {}

const mostPictureBytes = 4_000_000

const mayBeComputedLater = ({ cards }: Document): boolean =>
  cards.some(({ series: { error } }) => error?.code === "timeout" || error?.code === "unavailable")

export class MailContents extends Context.Service<MailContents, {
  /** Computes a message under the gate of its reader. Only mails have a picture. With `isLast`, numbers that cannot be computed are left out. */
  of(
    reader: Caller,
    order: Ordered,
    isLast: boolean
  ): Effect.Effect<Content, NotComputed | ReportNotFound | Unreachable>
}>()("crm-reports/services/deliveries/MailContents") {
  static readonly layer = Layer.effect(
    MailContents,
    Effect.gen(function*() {
      const exporting = yield* Exporting
      const reports = yield* ReportRepo

      /** A file may be too large, or its package may be missing. The mail is sent without it. */
      const fileOf = (reader: Caller, document: Document, format: DocumentFormat) =>
        exporting.file(reader, document, format).pipe(
          Effect.catchTag(["InvalidRequest", "PdfNotInstalled"], () => Effect.succeed(undefined))
        )

      const computed = Effect.fnUntraced(function*(reader: Caller, { channel, format, reportId, view }: Ordered) {
        const document = yield* exporting.document(reader, reportId, view, {})
        if (mayBeComputedLater(document)) return yield* new NotComputed()
        const picture = channel === "email" ? yield* fileOf(reader, document, "png") : undefined
        const file = format === "link" ? undefined : yield* fileOf(reader, document, format)
        const content: Content = {
          title: document.title,
          document,
          picture: picture !== undefined && picture.bytes.length <= mostPictureBytes ? picture : undefined,
          file,
          notice: format === "link" || file !== undefined
            ? ""
            : "The file could not be made. The report has all numbers."
        }
        return content
      })

      const withoutNumbers = Effect.fnUntraced(function*(reader: Caller, { reportId }: Ordered) {
        const { title } = yield* reports.find(reader, reportId)
        const content: Content = {
          title,
          document: undefined,
          picture: undefined,
          file: undefined,
          notice: "The numbers could not be computed in time."
        }
        return content
      })

      const of = (reader: Caller, order: Ordered, isLast: boolean) =>
        isLast
          ? Effect.catchTag(
            computed(reader, order),
            ["NotComputed", "TimedOut"],
            () => withoutNumbers(reader, order)
          )
          : computed(reader, order)
      return { of }
    })
  )
}
