// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural, select } from "@messageformat/runtime";
import { de } from "@messageformat/runtime/lib/cardinals";
import type { MailsMessages } from "../mails.ts"

export const mails: MailsMessages = {
  test: (d) => "Test: " + d.title,
  openReport: () => "Bericht öffnen",
  openReportAt: (d) => "Bericht öffnen: " + d.url,
  attached: (d) => "Angehängt: " + d.file,
  counted: (d) => "Gezählt am " + d.time + ", mit Ihren Rechten zu diesem Zeitpunkt.",
  countedForUrl: (d) => "Gezählt am " + d.time + ", mit den Rechten der Person, die das Abonnement angelegt hat.",
  endMails: () => "Diese E-Mails beenden",
  endMailsAt: (d) => "Diese E-Mails beenden: " + d.url,
  numbers: () => "Zahlen",
  pictureFile: () => "bericht.png",
  mailRepeated: () => "Diese E-Mail hat Sie möglicherweise schon erreicht.",
  messageRepeated: () => "Diese Nachricht hat Sie möglicherweise schon erreicht.",
  noFile: () => "Die Datei konnte nicht erstellt werden. Der Bericht hat alle Zahlen.",
  noNumbers: () => "Die Zahlen konnten nicht rechtzeitig berechnet werden.",
  moreRowsInFile: (d) => plural(d.count, 0, de, { one: number("de", d.count, 0) + " weitere Zeile", other: number("de", d.count, 0) + " weitere Zeilen" }) + " in der Datei",
  moreRowsInReport: (d) => plural(d.count, 0, de, { one: number("de", d.count, 0) + " weitere Zeile", other: number("de", d.count, 0) + " weitere Zeilen" }) + " im Bericht",
  alertValue: (d) => d.label + ": " + d.figure + ", " + select(d.side, { above: "über", below: "unter", notAbove: "nicht über", other: "nicht unter" }) + " " + d.threshold,
  alertChange: (d) => d.label + ": Änderung " + d.figure + ", " + select(d.side, { above: "über", below: "unter", notAbove: "nicht über", other: "nicht unter" }) + " " + d.threshold,
  alertPace: (d) => d.label + ": Tempo " + d.figure + ", " + select(d.side, { above: "über", below: "unter", notAbove: "nicht über", other: "nicht unter" }) + " " + d.threshold,
  alertCrossed: (d) => "Diese Warnung würde jetzt gesendet. " + d.line,
  alertNotCrossed: (d) => "Diese Warnung würde jetzt nicht gesendet. " + d.line,
  alertTold: (d) => "Diese Warnung würde jetzt nicht gesendet, weil die Zahl schon vorher jenseits des Schwellenwerts lag. " + d.line,
  alertRests: (d) => "Diese Warnung würde jetzt nicht gesendet, weil seit der letzten E-Mail weniger als 12 Stunden vergangen sind. " + d.line,
  alertNoFigure: (d) => "Diese Warnung würde jetzt nicht gesendet, weil es keine Zahl zum Vergleichen gibt. " + d.line,
  alertWidgetRemoved: () => "Diese Warnung wird nicht gesendet, weil der Bericht ihre Karte nicht mehr hat, oder die Karte keine solche Zahl hat.",
  pageTitle: () => "E-Mails eines Berichts",
  linkInvalid: () => "Dieser Link ist nicht gültig, oder die E-Mails dieses Berichts sind für alle beendet.",
  endQuestion: () => "Möchten Sie keine E-Mails dieses Berichts mehr?",
  ended: () => "Sie bekommen keine E-Mails dieses Berichts mehr."
}
