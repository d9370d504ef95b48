// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
export interface MailsMessages {
  readonly "test": (values: { readonly title: string }) => string
  readonly "openReport": () => string
  readonly "openReportAt": (values: { readonly url: string }) => string
  readonly "attached": (values: { readonly file: string }) => string
  readonly "counted": (values: { readonly time: string }) => string
  readonly "countedForUrl": (values: { readonly time: string }) => string
  readonly "endMails": () => string
  readonly "endMailsAt": (values: { readonly url: string }) => string
  readonly "numbers": () => string
  readonly "pictureFile": () => string
  readonly "mailRepeated": () => string
  readonly "messageRepeated": () => string
  readonly "noFile": () => string
  readonly "noNumbers": () => string
  readonly "moreRowsInFile": (values: { readonly count: number }) => string
  readonly "moreRowsInReport": (values: { readonly count: number }) => string
  readonly "alertValue": (values: { readonly figure: string; readonly label: string; readonly side: string; readonly threshold: string }) => string
  readonly "alertChange": (values: { readonly figure: string; readonly label: string; readonly side: string; readonly threshold: string }) => string
  readonly "alertPace": (values: { readonly figure: string; readonly label: string; readonly side: string; readonly threshold: string }) => string
  readonly "alertCrossed": (values: { readonly line: string }) => string
  readonly "alertNotCrossed": (values: { readonly line: string }) => string
  readonly "alertTold": (values: { readonly line: string }) => string
  readonly "alertRests": (values: { readonly line: string }) => string
  readonly "alertNoFigure": (values: { readonly line: string }) => string
  readonly "alertWidgetRemoved": () => string
  readonly "pageTitle": () => string
  readonly "linkInvalid": () => string
  readonly "endQuestion": () => string
  readonly "ended": () => string
}
