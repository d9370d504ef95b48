import { other } from "../domain/reservedKeys.ts"

export const restKey = "~rest"

interface Named {
  readonly key: string
  readonly label: string
}

/**
 * The name of what a chart has no room for, such as `2 more`, or `Other and 2 more` if the group of the smallest values
 * is in it. If the values cannot be added up, the chart does not show it.
 */
export const restName = (rest: ReadonlyArray<Named>, isAdditive: boolean): string => {
  const others = rest.filter(({ key }) => key === other).map(({ label }) => label)
  const named = rest.length - others.length
  const name = [...others, ...(named > 0 ? [`${named} more`] : [])].join(" and ")
  return isAdditive ? name : `${name}, not shown`
}

/** Null if the values cannot be added up. */
export const restValue = (values: ReadonlyArray<number | null>, isAdditive: boolean): number | null =>
  isAdditive ? values.reduce((total: number, value) => total + (value ?? 0), 0) : null
