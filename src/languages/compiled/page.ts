// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
export interface PageMessages {
  readonly "notLoaded": () => string
  readonly "themeName": () => string
  readonly "themeSystem": () => string
  readonly "themeLight": () => string
  readonly "themeDark": () => string
  readonly "languageName": () => string
  readonly "languageBrowser": () => string
  readonly "menuName": () => string
  readonly "signedInAs": () => string
  readonly "organizations": () => string
  readonly "lookAsSomebodyElse": () => string
  readonly "developmentSignIn": () => string
  readonly "signOut": () => string
  readonly "roleAdmin": () => string
  readonly "roleMember": () => string
}
