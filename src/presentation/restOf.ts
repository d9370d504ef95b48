import { other } from "../domain/reservedKeys.ts"
import type { Localization } from "../languages/Localization.ts"

export const restKey = "~rest"

interface Named {
  readonly key: string
  readonly label: string
}

/** The largest are kept. The group of the smallest values is in the rest, whatever its size is. */
export const keptAndRest = <A extends Named>(all: ReadonlyArray<A>, most: number, sizeOf: (one: A) => number) => {
  const named = all.filter(({ key }) => key !== other).toSorted((a, b) => sizeOf(b) - sizeOf(a))
  const largest = new Set(named.slice(0, Math.max(1, most - 1)))
  return { kept: all.filter((one) => largest.has(one)), rest: all.filter((one) => !largest.has(one)) }
}

const nameOf = (others: string | undefined, count: number, t: Localization["t"]) => {
  if (others === undefined) return t.restMore({ count })
  return count === 0 ? others : t.restOtherAndMore({ other: others, count })
}

/**
 * The name of what a chart has no room for, such as `2 more`, or `Other and 2 more` if the group of the smallest values
 * is in it. If the values cannot be added up, the chart does not show it.
 */
export const restName = (rest: ReadonlyArray<Named>, isAdditive: boolean, { t }: Localization): string => {
  const others = rest.find(({ key }) => key === other)?.label
  const name = nameOf(others, rest.filter(({ key }) => key !== other).length, t)
  return isAdditive ? name : t.restNotShown({ name })
}

/** Null if the values cannot be added up. */
export const restValue = (values: ReadonlyArray<number | null>, isAdditive: boolean): number | null =>
  isAdditive ? values.reduce((total: number, value) => total + (value ?? 0), 0) : null
