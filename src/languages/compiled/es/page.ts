// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural } from "@messageformat/runtime";
import { es } from "@messageformat/runtime/lib/cardinals";
import type { PageMessages } from "../page.ts"

export const page: PageMessages = {
  notLoaded: () => "No se pudo cargar una parte de esta página. Compruebe la conexión e inténtelo de nuevo.",
  themeName: () => "Apariencia",
  themeSystem: () => "Auto",
  themeLight: () => "Clara",
  themeDark: () => "Oscura",
  languageName: () => "Idioma",
  languageBrowser: () => "El del navegador",
  menuName: () => "Persona, apariencia e idioma",
  signedInAs: () => "Sesión iniciada como",
  organizations: () => "Organizaciones",
  lookAsSomebodyElse: () => "Ver como otra persona",
  developmentSignIn: () => "El inicio de sesión de desarrollo permite ser cualquier persona de los datos de demostración.",
  signOut: () => "Cerrar sesión",
  roleAdmin: () => "admin",
  roleMember: () => "miembro",
  sharingName: () => "Quién puede ver este informe",
  sharingPrivate: () => "Solo yo",
  sharingChoose: () => "Elegir personas…",
  sharingPeople: (d) => plural(d.count, 0, es, { one: "Yo y " + number("es", d.count, 0) + " persona", other: "Yo y " + number("es", d.count, 0) + " personas" }),
  sharingOrganization: (d) => "Todos en " + d.name,
  sharingTitle: () => "Quién puede ver este informe",
  sharingDone: () => "Elegir",
  sharingExplained: () => "Estas personas pueden abrir el informe. Cada una ve solo cifras de sus propios registros, como siempre.",
  sharingWithPeople: (d) => plural(d.count, 0, es, { one: number("es", d.count, 0) + " persona", other: number("es", d.count, 0) + " personas" }),
  sharingWithYou: () => "Compartido con usted",
  sharingSomePeople: () => "Compartidos con personas",
  sharingChanged: () => "Otras personas pueden verlo",
  readersSearch: () => "Buscar un nombre",
  readersName: () => "Personas",
  readerLeft: () => "se ha ido",
  readersChosen: (d) => plural(d.count, 0, es, { one: number("es", d.count, 0) + " persona elegida", other: number("es", d.count, 0) + " personas elegidas" }) + ", como máximo " + d.most
}
