import { Effect } from "effect"
import MailComposer from "nodemailer/lib/mail-composer"
import type { Document } from "../../documents/Document.ts"
import { mailHtml, mailText } from "../../documents/mail.ts"
import type { AlertState } from "../../domain/Alert.ts"
import type { Claimed, Ordered } from "../../domain/Delivery.ts"
import { contentTypes } from "../../domain/DocumentFormat.ts"
import type { ExportedFile } from "../../domain/Export.ts"
import { messagesOf } from "../../languages/messagesOf.ts"
import type { Mailing } from "./Mailing.ts"
import { unsubscribeLink } from "./unsubscribeLink.ts"

export interface Content {
  readonly title: string
  /** Undefined if the numbers could not be computed. */
  readonly document: Document | undefined
  readonly picture: ExportedFile | undefined
  readonly file: ExportedFile | undefined
  readonly notice: string
  /** Undefined if the subscription is no alert. */
  readonly alert?: ToldAlert | undefined
}

interface ToldAlert {
  /** Names the widget, its figure, and the threshold. */
  readonly line: string
  /** The state of the alert after this message is sent. Undefined for a test. */
  readonly state: AlertState | undefined
}

const inOneLine = (text: string) => text.replaceAll(/[\p{C}\s]+/gu, " ").trim()

/** All copies of a delivery have the same `Message-ID`, so that mail programs can drop the second copy. */
export const letterOf = (
  { base, from }: Pick<Mailing["Service"], "base" | "from">,
  claimed: Claimed,
  { linkKey, locale, reportId }: Ordered,
  address: string,
  { alert, document, file, notice, picture, title }: Content
) => {
  const { handed, id, isTest } = claimed
  const link = unsubscribeLink(base, linkKey, claimed)
  const pictureId = `${id}@picture`
  const mayBeRepeated = handed > 0
  const t = messagesOf(locale).mails
  const frame = { locale, title, reportUrl: `${base}/app/#/reports/${reportId}`, unsubscribeUrl: link, mayBeRepeated }
  const parts = {
    alert: alert?.line,
    document,
    pictureId: picture && pictureId,
    fileName: file && inOneLine(file.name),
    notice
  }
  const attachments = [
    ...(picture === undefined ? [] : [{
      cid: pictureId,
      filename: t.pictureFile(),
      contentType: contentTypes.png,
      contentDisposition: "inline",
      content: Buffer.from(picture.bytes)
    }]),
    ...(file === undefined ? [] : [{
      filename: inOneLine(file.name).replaceAll(/[/\\]/g, " "),
      contentType: contentTypes[file.format],
      content: Buffer.from(file.bytes)
    }])
  ]
  return Effect.promise(() =>
    new MailComposer({
      from,
      to: { name: "", address },
      subject: isTest
        ? t.test({ title: inOneLine(title) })
        : alert === undefined
        ? inOneLine(title)
        : `${inOneLine(alert.line)} · ${inOneLine(title)}`,
      text: mailText(frame, parts),
      html: mailHtml(frame, parts),
      messageId: `<${id}@${from.address.split("@")[1] ?? ""}>`,
      headers: {
        // A folded or encoded link would not be recognized.
        "List-Unsubscribe": { prepared: true, foldLines: false, value: `<${link}>` },
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        ...(mayBeRepeated && { "X-May-Be-Repeated": "yes" })
      },
      disableFileAccess: true,
      disableUrlAccess: true,
      attachments
    }).compile().build()
  )
}
