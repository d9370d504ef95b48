import type { ColorName } from "../domain/Color.ts"
import type { Localization } from "../languages/Localization.ts"

export interface Details {
  readonly localization: Localization
  /** Null means that neither a rise nor a fall is better. */
  readonly moreIsBetter?: boolean | null
  /** The keys are values of a dimension. */
  readonly colors?: { readonly [key: string]: ColorName }
  /** Other values of the dimension, in the organization's order, which gives each its color. */
  readonly values?: ReadonlyArray<string>
  /** The view is narrowed to this series, whose name is shown beside the drawing instead of in its legend. */
  readonly chosen?: string | undefined
  /** `isInteractive` is true by default, and false in files. */
  readonly isInteractive?: boolean
}

export interface Size {
  readonly width: number
  readonly height: number
}
