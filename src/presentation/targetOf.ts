import type { Meta } from "../domain/Series.ts"
import type { Localization } from "../languages/Localization.ts"
import type { Details } from "./Details.ts"
import { numberFormat, percentFormat } from "./numberFormat.ts"

type Answer = NonNullable<Meta["target"]>
type Figures = Exclude<Answer, { readonly error: unknown }>

interface TargetMark {
  /** Such as `56.5% of €6,200`. */
  readonly attained: string
  /** Such as `€2,000 due by now`. */
  readonly due: string
  /** Both shares are from 0 to 1. */
  readonly share: number
  readonly dueShare: number
  readonly isOnTrack: boolean
}

export const figuresOf = ({ target }: Pick<Meta, "target">): Figures | undefined =>
  target === undefined || "error" in target ? undefined : target

export const targetFault = ({ target }: Pick<Meta, "target">, { t }: Localization): string | undefined =>
  target !== undefined && "error" in target ? t.fault(target.error) : undefined

/** The target of a percentage or an average does not grow. */
export const targetName = ({ additive }: Pick<Meta, "additive">, { t }: Localization): string =>
  additive ? t.columnTargetCumulative() : t.columnTarget()

const shareOf = (part: number, whole: number): number => whole === 0 ? 1 : Math.min(1, Math.max(0, part / whole))

/** Such as `56.5%`. */
export const attainedText = (attainedPct: number, locale: string): string =>
  percentFormat(locale).format(attainedPct / 100)

/** Returns undefined without a target, or without a number to compare it with. */
export const targetMark = (
  meta: Meta,
  { localization, moreIsBetter }: Pick<Details, "localization" | "moreIsBetter">
): TargetMark | undefined => {
  const figures = figuresOf(meta)
  if (figures === undefined) return undefined
  const { attainedPct, expectedByNow, remaining, value } = figures
  if (value === null || expectedByNow === null || remaining === null) return undefined
  const { card } = numberFormat(meta, localization)
  const reached = value - remaining
  const { locale, t } = localization
  const target = card(value)
  return {
    attained: attainedPct === null
      ? t.targetOf({ target })
      : t.targetShare({ share: attainedText(attainedPct, locale), target }),
    due: t.targetDue({ amount: card(expectedByNow) }),
    share: shareOf(reached, value),
    dueShare: shareOf(expectedByNow, value),
    isOnTrack: moreIsBetter === false ? reached <= expectedByNow : reached >= expectedByNow
  }
}
