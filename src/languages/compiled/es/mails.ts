// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural, select } from "@messageformat/runtime";
import { es } from "@messageformat/runtime/lib/cardinals";
import type { MailsMessages } from "../mails.ts"

export const mails: MailsMessages = {
  test: (d) => "Prueba: " + d.title,
  openReport: () => "Abrir el informe",
  openReportAt: (d) => "Abrir el informe: " + d.url,
  attached: (d) => "Adjunto: " + d.file,
  counted: (d) => "Contado el " + d.time + ", con sus permisos en ese momento.",
  countedForUrl: (d) => "Contado el " + d.time + ", con los permisos de la persona que creó la suscripción.",
  endMails: () => "Cancelar estos correos",
  endMailsAt: (d) => "Cancelar estos correos: " + d.url,
  numbers: () => "Cifras",
  pictureFile: () => "informe.png",
  mailRepeated: () => "Puede que este correo ya le haya llegado.",
  messageRepeated: () => "Puede que este mensaje ya le haya llegado.",
  noFile: () => "No se pudo crear el archivo. El informe tiene todas las cifras.",
  noNumbers: () => "Las cifras no se pudieron calcular a tiempo.",
  moreRowsInFile: (d) => plural(d.count, 0, es, { one: number("es", d.count, 0) + " fila más", other: number("es", d.count, 0) + " filas más" }) + " en el archivo",
  moreRowsInReport: (d) => plural(d.count, 0, es, { one: number("es", d.count, 0) + " fila más", other: number("es", d.count, 0) + " filas más" }) + " en el informe",
  alertValue: (d) => d.label + ": " + d.figure + ", " + select(d.side, { above: "por encima de", below: "por debajo de", notAbove: "no por encima de", other: "no por debajo de" }) + " " + d.threshold,
  alertChange: (d) => d.label + ": cambio " + d.figure + ", " + select(d.side, { above: "por encima de", below: "por debajo de", notAbove: "no por encima de", other: "no por debajo de" }) + " " + d.threshold,
  alertPace: (d) => d.label + ": ritmo " + d.figure + ", " + select(d.side, { above: "por encima de", below: "por debajo de", notAbove: "no por encima de", other: "no por debajo de" }) + " " + d.threshold,
  alertCrossed: (d) => "Esta alerta se enviaría ahora. " + d.line,
  alertNotCrossed: (d) => "Esta alerta no se enviaría ahora. " + d.line,
  alertTold: (d) => "Esta alerta no se enviaría ahora, porque la cifra ya estaba más allá del umbral. " + d.line,
  alertRests: (d) => "Esta alerta no se enviaría ahora, porque han pasado menos de 12 horas desde su último correo. " + d.line,
  alertNoFigure: (d) => "Esta alerta no se enviaría ahora, porque no hay ninguna cifra que comparar. " + d.line,
  alertWidgetRemoved: () => "Esta alerta no se envía, porque el informe ya no tiene su tarjeta, o la tarjeta no tiene esa cifra.",
  pageTitle: () => "Correos de un informe",
  linkInvalid: () => "Este enlace no es válido, o los correos de este informe se han cancelado para todos.",
  endQuestion: () => "¿No desea recibir más correos de este informe?",
  ended: () => "Ya no recibirá más correos de este informe."
}
