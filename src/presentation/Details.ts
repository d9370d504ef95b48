import type { ColorName } from "../domain/Color.ts"

/** What a series does not say of itself. The catalog knows it, see `detailsOf`. */
export interface Details {
  /** BCP 47, default `en`. */
  readonly locale?: string
  /** Colours a change: null where neither direction is better. */
  readonly moreIsBetter?: boolean | null
  /** Colours of values by their key; other values take the theme's colours in turn. */
  readonly colors?: { readonly [key: string]: ColorName }
  /** With tooltips and transitions, default true. A file has neither. */
  readonly isInteractive?: boolean
}

/** Of the drawing area, in CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}
