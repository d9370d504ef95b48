// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck

import type { DesignMessages } from "../design.ts"

export const design: DesignMessages = {
  order: () => "Ein Entwurf zeigt nur Zahlen. Er ändert, sendet und löscht nichts.",
  fixed: (d) => "Die Daten von „" + d.words + "“ sind fest, weil kein vorgegebener Zeitraum so lang ist: Sie verschieben sich nicht mit der Zeit.",
  nobody: () => "Ein Entwurf zählt die Datensätze von allen. Um nur die Datensätze von niemandem zu sehen, wählen Sie im Bericht unter Personen „Niemand“.",
  ownOnly: () => "Sie zählen nur Ihre eigenen Datensätze. Deshalb sind die Datensätze von niemandem nicht zu sehen.",
  past: () => "Offene Deals und überfällige Aufgaben werden so gezählt, wie sie jetzt sind. Ihr früherer Stand ist nicht bekannt.",
  spelling: (d) => "„" + d.word + "“ wurde als „" + d.read + "“ gelesen.",
  meaning: (d) => "„" + d.word + "“ hat mehrere Bedeutungen. Gelesen wurde es wie in „" + d.label + "“.",
  mine: () => "Ein Entwurf zählt die Datensätze von allen. Um nur die eigenen zu sehen, wählen Sie sich im Bericht unter Personen.",
  target: () => "Die Karten zeigen die Ziele, die ein Admin gesetzt hat. Eine Zahl im Wunsch setzt kein Ziel.",
  lowest: () => "Eine Rangliste beginnt mit dem höchsten Wert.",
  all: (d) => "Ein Entwurf begrenzt eine Rangliste nicht auf " + d.amount + " Zeilen.",
  unfiltered: (d) => "Der Filter " + d.name + " gilt nicht für: " + d.labels + ".",
  template: (d) => "Der Wunsch nennt keine Kennzahl. Dies ist die nächste Vorlage: " + d.title + ".",
  none: () => "Dieser Dienst hat kein Modell.",
  busy: () => "Das Modell ist mit anderen Entwürfen beschäftigt.",
  spent: () => "Die Grenze der Entwürfe durch das Modell ist vorerst erreicht.",
  unavailable: () => "Das Modell ist nicht erreichbar.",
  late: () => "Das Modell hat nicht rechtzeitig geantwortet.",
  refused: () => "Das Modell hat den Wunsch abgelehnt.",
  unusable: () => "Das Modell hat keinen gültigen Entwurf geliefert.",
  searched: () => "Wörter des Katalogs wurden durchsucht.",
  byDimension: (d) => "nach " + d.dimension,
  onlyNames: (d) => "nur " + d.names,
  withinDays: (d) => "innerhalb von " + d.days + " Tagen",
  compared: () => "verglichen mit der Zeit davor",
  span: (d) => d.from + " bis " + d.to,
  newReport: () => "Neuer Bericht"
}
