// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck

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
  roleMember: () => "miembro"
}
