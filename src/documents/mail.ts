import { messagesOf } from "../languages/messagesOf.ts"
import { asOfLabel, scopeLine } from "./captions.ts"
import type { Document } from "./Document.ts"
import { altOf, asLine, type Figure, type FigureGroup, figureLines, figuresOf } from "./mailFigures.ts"
import { escaped } from "./xml.ts"

/** The parts of a mail beside the numbers of the report. */
interface MailFrame {
  readonly locale: string
  readonly title: string
  readonly reportUrl: string
  readonly unsubscribeUrl: string
  /** The mail server may have got this mail before. */
  readonly mayBeRepeated: boolean
}

interface MailParts {
  /** The line of an alert, such as `Win rate: 32%, below 40%`. Undefined if the subscription is no alert. */
  readonly alert: string | undefined
  /** Undefined if the numbers could not be computed. */
  readonly document: Document | undefined
  /** The id of the picture in the mail, or undefined if the mail has no picture. */
  readonly pictureId: string | undefined
  readonly fileName: string | undefined
  /** A notice to the reader, such as that the file could not be made. */
  readonly notice: string
}

/** Outlook for Windows knows no `&apos;`. */
const html = (text: string) => escaped(text).replaceAll("&apos;", "&#39;")

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
const ink = "#1b2130"
const muted = "#556070"
const tones = { good: "#167a50", bad: "#b3372f", muted } as const

/**
 * Mail programs drop this block or parts of it, so it has only what may be lost: the dark colors and narrow screens.
 * Everything else is inline, and all layout is tables, because Outlook for Windows reads mails as Word does.
 */
const style = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  "@media (max-width:480px){.outer{padding:0!important}.card{border-radius:0!important;border-left:0!important;border-right:0!important}.pad{padding-left:16px!important;padding-right:16px!important}}",
  "@media (prefers-color-scheme:dark){.page{background:#0f1218!important}.card{background:#171b23!important;border-color:#2f3746!important}.ink{color:#eef1f6!important}.muted{color:#a7b0bf!important}.line{border-color:#2f3746!important}.good{color:#55cf9b!important}.bad{color:#ff8f85!important}.button{background:#6ea0ff!important;color:#0f1218!important}}",
  "[data-ogsc] .ink{color:#eef1f6!important}[data-ogsc] .muted{color:#a7b0bf!important}[data-ogsc] .good{color:#55cf9b!important}[data-ogsc] .bad{color:#ff8f85!important}"
].join("")

const paragraph = (text: string, size: number) =>
  `<p class="muted" style="${font}margin:4px 0 0;font-size:${size}px;line-height:${size + 6}px;color:${muted}">${
    html(text)
  }</p>`

const cell = (text: string, { align, color, look, name }: {
  readonly align: "left" | "right"
  readonly color: string
  readonly look: string
  readonly name: string
}) =>
  `<td class="${name} line" align="${align}" valign="top" style="${font}${look}line-height:20px;color:${color};border-top:1px solid #e2e7ef">${
    html(text)
  }</td>`

const figureRow = ({ change, label, tone, value }: Figure) =>
  [
    "<tr>",
    cell(label, { align: "left", color: ink, name: "ink", look: "font-size:15px;padding:10px 8px 10px 0;" }),
    cell(value, { align: "right", color: ink, name: "ink", look: "font-size:16px;font-weight:600;padding:10px 0;" }),
    cell(change, {
      align: "right",
      color: tones[tone],
      name: tone,
      look: "font-size:14px;padding:10px 0 10px 12px;white-space:nowrap;"
    }),
    "</tr>"
  ].join("")

const spanning = (content: string, padding: string) =>
  `<tr><td colspan="3" style="padding:${padding}">${content}</td></tr>`

const groupRows = ({ caption, figures, title }: FigureGroup) =>
  [
    title === ""
      ? ""
      : spanning(
        `<h2 class="ink" style="${font}margin:0;font-size:16px;line-height:22px;font-weight:600;color:${ink}">${
          html(title)
        }</h2>`,
        "18px 0 6px"
      ),
    ...figures.map(figureRow),
    caption === "" ? "" : spanning(paragraph(caption, 12), "0 0 8px")
  ].join("")

const headingOf = (text: string, tag: "h1" | "p") =>
  `<${tag} class="ink" style="${font}margin:0;font-size:20px;line-height:26px;font-weight:600;color:${ink}">${
    html(text)
  }</${tag}>`

const section = (content: string, padding: string) =>
  content === "" ? "" : `<tr><td class="pad" style="padding:${padding}">${content}</td></tr>`

/** It has no height, so that a blocked picture leaves no hole. */
const pictureOf = (id: string, document: Document) =>
  `<img class="ink" src="cid:${id}" width="558" alt="${
    html(altOf(document))
  }" style="${font}display:block;width:100%;max-width:558px;height:auto;border:0;color:${ink};font-size:13px;line-height:18px;border-radius:6px">`

const noticesOf = ({ locale, mayBeRepeated }: MailFrame, { notice }: MailParts) => [
  ...(mayBeRepeated ? [messagesOf(locale).mails.mailRepeated()] : []),
  ...(notice === "" ? [] : [notice])
]

/** A mail without scripts, forms, fonts, or anything that is loaded from elsewhere. */
export const mailHtml = (frame: MailFrame, parts: MailParts): string => {
  const { alert, document, fileName, pictureId } = parts
  const { locale } = frame
  const t = messagesOf(locale).mails
  const groups = document === undefined ? [] : figuresOf(document, fileName !== undefined)
  const preview = [
    ...(alert === undefined ? [] : [alert]),
    ...groups.flatMap(({ figures }) => figures).slice(0, 4).map(({ label, value }) => `${label} ${value}`)
  ]
  const picture = document === undefined || pictureId === undefined ? "" : pictureOf(pictureId, document)
  const attached = fileName === undefined ? "" : paragraph(t.attached({ file: fileName }), 14)
  const counted = document === undefined ? "" : `${t.counted({ time: asOfLabel(document) })} `
  const figures = groups.length === 0
    ? ""
    : `<table width="100%" cellpadding="0" cellspacing="0" border="0" aria-label="${html(t.numbers())}">${
      groups.map(groupRows).join("\n")
    }</table>`
  const button =
    `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="button" style="background:#2f6fed;border-radius:6px"><a class="button" href="${
      html(frame.reportUrl)
    }" style="${font}display:inline-block;padding:11px 18px;font-size:15px;line-height:20px;color:#ffffff;text-decoration:none;border-radius:6px">${
      html(t.openReport())
    }</a></td></tr></table>`
  return `<!doctype html>
<html lang="${
    html(locale)
  }" dir="auto"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no"><title>${
    html(frame.title)
  }</title><style>${style}</style></head>
<body class="page" style="margin:0;padding:0;background:#f4f6fa">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${html(preview.join(" · "))}${
    "&#847;&zwnj;&nbsp;".repeat(40)
  }</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f6fa"><tr><td class="outer" align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #e2e7ef;border-radius:8px">
${
    [
      section(alert === undefined ? "" : headingOf(alert, "p"), "20px 20px 0"),
      section(noticesOf(frame, parts).map((text) => paragraph(text, 13)).join(""), "16px 20px 0"),
      section(
        `${headingOf(frame.title, "h1")}${document === undefined ? "" : paragraph(scopeLine(document), 14)}`,
        "20px 20px 4px"
      ),
      section(figures, "12px 20px"),
      section(picture, "8px 20px"),
      section(`${button}${attached}`, "12px 20px 20px"),
      `<tr><td class="pad line" style="padding:14px 20px;border-top:1px solid #e2e7ef"><p class="muted" style="${font}margin:0;font-size:12px;line-height:18px;color:${muted}">${
        html(counted)
      }<a class="muted" href="${html(frame.unsubscribeUrl)}" style="color:${muted}">${
        html(t.endMails())
      }</a></p></td></tr>`
    ].filter((part) => part !== "").join("\n")
  }
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table></body></html>`
}

export const mailText = (frame: MailFrame, parts: MailParts): string => {
  const { alert, document, fileName } = parts
  const notices = noticesOf(frame, parts)
  const t = messagesOf(frame.locale).mails
  return [
    ...(alert === undefined ? [] : [alert, ""]),
    ...notices,
    ...(notices.length === 0 ? [] : [""]),
    frame.title,
    ...(document === undefined ? [] : [scopeLine(document), ""]),
    ...(document === undefined ? [] : figureLines(document, fileName !== undefined)),
    "",
    t.openReportAt({ url: frame.reportUrl }),
    ...(fileName === undefined ? [] : [t.attached({ file: fileName })]),
    "",
    ...(document === undefined ? [] : [t.counted({ time: asOfLabel(document) })]),
    t.endMailsAt({ url: frame.unsubscribeUrl }),
    ""
  ].map(asLine).join("\n").replaceAll(/\n{3,}/g, "\n\n")
}
