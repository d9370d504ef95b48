// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
// @ts-nocheck

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
  roleMember: () => "member"
}
