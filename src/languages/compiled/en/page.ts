// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck
import { number, plural } from "@messageformat/runtime";
import { en } from "@messageformat/runtime/lib/cardinals";
import type { PageMessages } from "../page.ts"

export const page: PageMessages = {
  notLoaded: () => "A part of this page could not be loaded. Check the connection, and try again.",
  themeName: () => "Theme",
  themeSystem: () => "Auto",
  themeLight: () => "Light",
  themeDark: () => "Dark",
  languageName: () => "Language",
  languageBrowser: () => "As in the browser",
  menuName: () => "Theme, language, and person",
  signedInAs: () => "Signed in as",
  organizations: () => "Organizations",
  lookAsSomebodyElse: () => "Look as somebody else",
  developmentSignIn: () => "The development sign-in lets you be anybody of the demo data.",
  signOut: () => "Sign out",
  roleAdmin: () => "admin",
  roleMember: () => "member",
  sharingName: () => "Who can see this report",
  sharingPrivate: () => "Only me",
  sharingChoose: () => "Choose people…",
  sharingPeople: (d) => plural(d.count, 0, en, { one: "Me and " + number("en", d.count, 0) + " person", other: "Me and " + number("en", d.count, 0) + " people" }),
  sharingOrganization: (d) => "Everyone at " + d.name,
  sharingTitle: () => "Who can see this report",
  sharingDone: () => "Choose",
  sharingExplained: () => "These people can open the report. Each of them sees numbers of their own records only, as everywhere.",
  sharingWithPeople: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " person", other: number("en", d.count, 0) + " people" }),
  sharingWithYou: () => "Shared with you",
  sharingSomePeople: () => "Shared with people",
  sharingChanged: () => "Other people can see it",
  readersSearch: () => "Search for a name",
  readersName: () => "People",
  readerLeft: () => "has left",
  readersChosen: (d) => plural(d.count, 0, en, { one: number("en", d.count, 0) + " person chosen", other: number("en", d.count, 0) + " people chosen" }) + ", at most " + d.most
}
