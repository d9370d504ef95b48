import type { ColorName } from "../domain/Color.ts"

/** Presentation facts that come from the catalog, see `detailsOf`. */
export interface Details {
  /** BCP 47, default `en`. */
  readonly locale?: string
  /** Colours a change. Null: neither direction is better. */
  readonly moreIsBetter?: boolean | null
  /** Colours by value key. Other values get the theme's colours in order. */
  readonly colors?: { readonly [key: string]: ColorName }
  /** Adds tooltips and transitions, default true. Files use false. */
  readonly isInteractive?: boolean
}

/** Size of the drawing area in CSS pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}
