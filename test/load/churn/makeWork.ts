import type { ColumnStore } from "../../../src/columnStore/ColumnStore.ts"
import type { Level } from "../../../src/columnStore/mergedOrders.ts"
import type { Order } from "../../../src/columnStore/Order.ts"
import { projections } from "../../../src/columnStore/projection.ts"

const orders = [...projections.values()].flatMap(({ orders, population: { table } }) =>
  [...orders.keys()].map((at) => ({ table, at }))
)

/** Counts how often levels are merged, and how many tracks are built, in the column stores that `see` receives. */
export const makeWork = () => {
  const levelsOf = new WeakMap<ColumnStore, Map<(typeof orders)[number], ReadonlyArray<Level>>>()
  const watched = new WeakSet<Order>()
  const done = { levels: 0, merges: 0, tracks: 0, countsByTrack: 0 }

  const watch = ({ tracks }: Order) => {
    const built = new Set<string>()
    const { faster } = tracks
    tracks.faster = (reading, add) => {
      const found = faster(reading, add)
      if (found !== add) {
        done.countsByTrack += 1
        const { classes: { key = "" } } = reading
        if (!built.has(key)) done.tracks += 1
        built.add(key)
      }
      return found
    }
  }

  const see = (store: ColumnStore) => {
    const known = levelsOf.get(store) ?? new Map()
    levelsOf.set(store, known)
    for (const order of orders) {
      const levels = store.stored(order.table)?.levels.at(order.at) ?? []
      const before: ReadonlyArray<Level> = known.get(order) ?? []
      if (levels === before) continue
      known.set(order, levels)
      done.levels += levels.filter((level) => !before.includes(level)).length
      if (before.some((level) => !levels.includes(level))) done.merges += 1
      for (const level of levels) {
        for (const each of [level.inserted, level.deleted]) {
          if (watched.has(each)) continue
          watched.add(each)
          watch(each)
        }
      }
    }
  }
  return { done, see }
}
