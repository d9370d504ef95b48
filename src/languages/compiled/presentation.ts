// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
export interface PresentationMessages {
  readonly "nobody": () => string
  readonly "people": (values: { readonly count: number }) => string
  readonly "peopleAndNobody": (values: { readonly count: number }) => string
  readonly "wholeOrganization": () => string
  readonly "inWords": () => string
}
