// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural } from "@messageformat/runtime";
import { de } from "@messageformat/runtime/lib/cardinals";
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
  roleMember: () => "Mitglied",
  sharingName: () => "Wer diesen Bericht sehen kann",
  sharingPrivate: () => "Nur ich",
  sharingChoose: () => "Personen wählen…",
  sharingPeople: (d) => plural(d.count, 0, de, { one: "Ich und " + number("de", d.count, 0) + " Person", other: "Ich und " + number("de", d.count, 0) + " Personen" }),
  sharingOrganization: (d) => "Alle bei " + d.name,
  sharingTitle: () => "Wer diesen Bericht sehen kann",
  sharingDone: () => "Wählen",
  sharingExplained: () => "Diese Personen können den Bericht öffnen. Jede sieht nur Zahlen der eigenen Datensätze, wie überall.",
  sharingWithPeople: (d) => plural(d.count, 0, de, { one: number("de", d.count, 0) + " Person", other: number("de", d.count, 0) + " Personen" }),
  sharingWithYou: () => "Mit Ihnen geteilt",
  sharingSomePeople: () => "Mit Personen geteilt",
  sharingChanged: () => "Andere Personen können ihn sehen",
  readersSearch: () => "Einen Namen suchen",
  readersName: () => "Personen",
  readerLeft: () => "nicht mehr dabei",
  readersChosen: (d) => plural(d.count, 0, de, { one: number("de", d.count, 0) + " Person gewählt", other: number("de", d.count, 0) + " Personen gewählt" }) + ", höchstens " + d.most
}
