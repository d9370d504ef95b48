import type { ColorName } from "../domain/Color.ts"

/** Comes from the catalog. */
export interface Details {
  /** BCP 47, default `en`. */
  readonly locale?: string
  /** Null: neither direction is better. */
  readonly moreIsBetter?: boolean | null
  /** Keyed by value; default: theme colours in order. */
  readonly colors?: { readonly [key: string]: ColorName }
  /** Default true; false in files. */
  readonly isInteractive?: boolean
}

/** CSS pixels of the drawing area. */
export interface Size {
  readonly width: number
  readonly height: number
}
