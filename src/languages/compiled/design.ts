// Made of the texts in `src/languages` by `npm run page`. Changes here are lost.
export interface DesignMessages {
  readonly "order": () => string
  readonly "fixed": (values: { readonly words: string }) => string
  readonly "nobody": () => string
  readonly "ownOnly": () => string
  readonly "past": () => string
  readonly "spelling": (values: { readonly read: string; readonly word: string }) => string
  readonly "meaning": (values: { readonly label: string; readonly word: string }) => string
  readonly "mine": () => string
  readonly "target": () => string
  readonly "lowest": () => string
  readonly "all": (values: { readonly amount: string }) => string
  readonly "unfiltered": (values: { readonly labels: string; readonly name: string }) => string
  readonly "template": (values: { readonly title: string }) => string
  readonly "none": () => string
  readonly "busy": () => string
  readonly "spent": () => string
  readonly "unavailable": () => string
  readonly "late": () => string
  readonly "refused": () => string
  readonly "unusable": () => string
  readonly "searched": () => string
  readonly "byDimension": (values: { readonly dimension: string }) => string
  readonly "onlyNames": (values: { readonly names: string }) => string
  readonly "withinDays": (values: { readonly days: string }) => string
  readonly "compared": () => string
  readonly "span": (values: { readonly from: string; readonly to: string }) => string
  readonly "newReport": () => string
}
