// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck

import type { PageMessages } from "../page.ts"

export const page: PageMessages = {
  notLoaded: () => "Ein Teil dieser Seite konnte nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.",
  themeName: () => "Darstellung",
  themeSystem: () => "Auto",
  themeLight: () => "Hell",
  themeDark: () => "Dunkel",
  languageName: () => "Sprache",
  languageBrowser: () => "Wie im Browser",
  menuName: () => "Person, Darstellung und Sprache",
  signedInAs: () => "Angemeldet als",
  organizations: () => "Organisationen",
  lookAsSomebodyElse: () => "Als andere Person ansehen",
  developmentSignIn: () => "Mit der Anmeldung für die Entwicklung können Sie jede Person der Demodaten sein.",
  signOut: () => "Abmelden",
  roleAdmin: () => "Admin",
  roleMember: () => "Mitglied"
}
