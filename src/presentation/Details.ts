import type { ColorName } from "../domain/Color.ts"

export interface Details {
  /** A BCP 47 tag. The default is `en`. */
  readonly locale?: string
  /** Null means that neither direction is better. */
  readonly moreIsBetter?: boolean | null
  /** Keyed by value. Other values get the colors of the theme in order. */
  readonly colors?: { readonly [key: string]: ColorName }
  /** The default is true, and files use false. */
  readonly isInteractive?: boolean
}

export interface Size {
  readonly width: number
  readonly height: number
}
