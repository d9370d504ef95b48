import { messagesOf } from "../languages/messagesOf.ts"
import { asOfLabel, scopeLine } from "./captions.ts"
import type { Document } from "./Document.ts"
import { asLine, figureLines } from "./mailFigures.ts"

interface SlackParts {
  readonly locale: string
  readonly title: string
  /** The line of an alert, such as `Win rate: 32%, below 40%`. Undefined if the subscription is no alert. */
  readonly alert: string | undefined
  /** Undefined if the numbers could not be computed. */
  readonly document: Document | undefined
  readonly notice: string
  readonly reportUrl: string
  readonly isTest: boolean
  /** Slack may have got this message before. */
  readonly mayBeRepeated: boolean
}

/** A section of Slack has at most 3,000 characters. */
const mostOfSection = 2_900
const mostOfLine = 300

/** Without this, a title such as `<!channel>` would notify everybody. */
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const line = (text: string) => {
  const told = asLine(text)
  return escaped(told.length <= mostOfLine ? told : `${told.slice(0, mostOfLine).toWellFormed()}…`)
}

const sectionsOf = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const sections: Array<string> = []
  for (const text of lines) {
    const last = sections.at(-1)
    if (last !== undefined && last.length + text.length < mostOfSection) sections.splice(-1, 1, `${last}\n${text}`)
    else sections.push(text)
  }
  return sections.map((text) => text.trim().replaceAll(/\n{3,}/g, "\n\n")).filter((text) => text !== "")
}

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text, verbatim: true } })

/** A message for an incoming webhook of Slack, with the numbers as text. */
export const slackMessage = (
  { alert = "", document, isTest, locale, mayBeRepeated, notice, reportUrl, title }: SlackParts
) => {
  const t = messagesOf(locale).mails
  const name = line(isTest ? t.test({ title }) : title)
  const notices = [alert, mayBeRepeated ? t.messageRepeated() : "", notice].filter((text) => text !== "")
  const lines = document === undefined ? [] : [scopeLine(document), "", ...figureLines(document, false)]
  const counted = document === undefined
    ? ""
    : `\n${t.countedForUrl({ time: asOfLabel(document) })}`
  return {
    text: alert === "" || isTest ? name : line(`${alert} · ${title}`),
    blocks: [
      section(`*${name}*`),
      ...sectionsOf([...notices, ...lines].map(line)).map(section),
      section(`<${escaped(reportUrl)}|${escaped(t.openReport())}>${escaped(counted)}`)
    ]
  }
}
