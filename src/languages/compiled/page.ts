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
  readonly "sharingName": () => string
  readonly "sharingPrivate": () => string
  readonly "sharingChoose": () => string
  readonly "sharingPeople": (values: { readonly count: number }) => string
  readonly "sharingOrganization": (values: { readonly name: string }) => string
  readonly "sharingTitle": () => string
  readonly "sharingDone": () => string
  readonly "sharingExplained": () => string
  readonly "sharingWithPeople": (values: { readonly count: number }) => string
  readonly "sharingWithYou": () => string
  readonly "sharingSomePeople": () => string
  readonly "sharingChanged": () => string
  readonly "readersSearch": () => string
  readonly "readersName": () => string
  readonly "readerLeft": () => string
  readonly "readersChosen": (values: { readonly count: number; readonly most: string }) => string
}
