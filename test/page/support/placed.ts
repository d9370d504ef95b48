import { random, seedOf } from "../../../src/data/Random.ts"
import { itemsOf, placedAt } from "../../../src/page/grid/arrange.ts"

export type Place = Parameters<typeof placedAt>[0][number]

export const widgetsOf = (places: ReadonlyArray<Pick<Place, "x" | "y" | "w" | "h">>): ReadonlyArray<Place> => {
  const widgets = places.map((place, at) => ({
    ...place,
    instanceId: `card${at}`,
    metricId: "leads.total",
    chart: "stat" as const
  }))
  return placedAt(widgets, itemsOf(widgets))
}

/** Cards of any sizes at any places. */
export const anyWidgets = (seed: number) => {
  const { integer } = random(seedOf(seed))
  return widgetsOf(Array.from({ length: integer(2, 12) }, () => ({
    x: integer(0, 11),
    y: integer(0, 30),
    w: integer(2, 12),
    h: integer(2, 9)
  })))
}
