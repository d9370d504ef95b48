// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck

import type { DesignMessages } from "../design.ts"

export const design: DesignMessages = {
  order: () => "Un borrador solo muestra números. No cambia, envía ni borra nada.",
  fixed: (d) => "Las fechas de «" + d.words + "» son fijas, porque ningún periodo predefinido es tan largo: no avanzan con el tiempo.",
  nobody: () => "Un borrador cuenta los registros de todos. Para ver solo los registros de nadie, elija Nadie en las personas del informe.",
  ownOnly: () => "Usted solo cuenta sus propios registros. Por eso no se muestran los registros de nadie.",
  past: () => "Las operaciones abiertas y las tareas vencidas se cuentan como están ahora. Su estado en el pasado no se conoce.",
  spelling: (d) => "«" + d.word + "» se leyó como «" + d.read + "».",
  meaning: (d) => "«" + d.word + "» tiene varios significados. Se leyó como en «" + d.label + "».",
  mine: () => "Un borrador cuenta los registros de todos. Para ver solo los suyos, elíjase a sí mismo en las personas del informe.",
  target: () => "Las tarjetas muestran los objetivos que ha fijado un administrador. Un número en el deseo no fija ningún objetivo.",
  lowest: () => "Una clasificación empieza por el valor más alto.",
  all: (d) => "Un borrador no limita una clasificación a " + d.amount + " filas.",
  unfiltered: (d) => "El filtro " + d.name + " no se aplica a: " + d.labels + ".",
  template: (d) => "El deseo no nombra ningún indicador. Esta es la plantilla más cercana: " + d.title + ".",
  none: () => "Este servicio no tiene modelo.",
  busy: () => "El modelo está ocupado con otros borradores.",
  spent: () => "Por ahora se ha alcanzado el límite de borradores del modelo.",
  unavailable: () => "No se puede acceder al modelo.",
  late: () => "El modelo no respondió a tiempo.",
  refused: () => "El modelo rechazó el deseo.",
  unusable: () => "El modelo no dio un borrador válido.",
  searched: () => "Se buscaron palabras del catálogo.",
  byDimension: (d) => "por " + d.dimension,
  onlyNames: (d) => "solo " + d.names,
  withinDays: (d) => "en " + d.days + " días",
  compared: () => "comparado con el periodo anterior",
  span: (d) => d.from + " a " + d.to,
  newReport: () => "Informe nuevo"
}
