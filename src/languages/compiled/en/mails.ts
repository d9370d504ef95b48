// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural, select } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
import type { MailsMessages } from "../mails.ts"

export const mails: MailsMessages = {
  test: (d) => "Test: " + d.title,
  openReport: () => "Open the report",
  openReportAt: (d) => "Open the report: " + d.url,
  attached: (d) => "Attached: " + d.file,
  counted: (d) => "Counted " + d.time + ", with your rights at that moment.",
  countedForUrl: (d) => "Counted " + d.time + ", with the rights of the person who made the subscription.",
  endMails: () => "End these mails",
  endMailsAt: (d) => "End these mails: " + d.url,
  numbers: () => "Numbers",
  pictureFile: () => "report.png",
  mailRepeated: () => "This mail may have reached you before.",
  messageRepeated: () => "This message may have reached you before.",
  noFile: () => "The file could not be made. The report has all numbers.",
  noNumbers: () => "The numbers could not be computed in time.",
  moreRowsInFile: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " more row", other: number("en", d.count, 0) + " more rows" }) + " in the file",
  moreRowsInReport: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " more row", other: number("en", d.count, 0) + " more rows" }) + " in the report",
  alertValue: (d) => d.label + ": " + d.figure + ", " + select(d.side, { above: "above", below: "below", notAbove: "not above", other: "not below" }) + " " + d.threshold,
  alertChange: (d) => d.label + ": change " + d.figure + ", " + select(d.side, { above: "above", below: "below", notAbove: "not above", other: "not below" }) + " " + d.threshold,
  alertPace: (d) => d.label + ": pace " + d.figure + ", " + select(d.side, { above: "above", below: "below", notAbove: "not above", other: "not below" }) + " " + d.threshold,
  alertCrossed: (d) => "This alert would be sent now. " + d.line,
  alertNotCrossed: (d) => "This alert would not be sent now. " + d.line,
  alertTold: (d) => "This alert would not be sent now, because the figure was beyond the threshold before. " + d.line,
  alertRests: (d) => "This alert would not be sent now, because less than 12 hours have passed since its last mail. " + d.line,
  alertNoFigure: (d) => "This alert would not be sent now, because there is no number to compare. " + d.line,
  alertWidgetRemoved: () => "This alert is not sent, because the report no longer has its widget, or the widget has no such figure.",
  pageTitle: () => "Mails of a report",
  linkInvalid: () => "This link is not valid, or the mails of this report have ended for everybody.",
  endQuestion: () => "Do you want no more mails of this report?",
  ended: () => "You get no more mails of this report."
}
