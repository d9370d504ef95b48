import { type Random, random, seedOf } from "../../../src/data/Random.ts"
import { type Day, localDay, startOf, startOfDay, step } from "../../../src/domain/Calendar.ts"
import type { Bucket } from "../../../src/domain/Timeframe.ts"
import type { organizations } from "../../../src/metrics/crm.ts"
import type { RowOf } from "../../../src/metrics/Table.ts"

/** The clocks in Europe went forward on this morning. */
export const now = Date.parse("2024-03-31T10:30:00.000Z")

export const aDay = 86_400_000

export type Several<A> = readonly [A, ...ReadonlyArray<A>]

/** The rows of an organization have few different values, so that ties are common. */
export interface Setting {
  readonly random: Random
  readonly organization: RowOf<typeof organizations>
  readonly people: Several<string>
  readonly tagIds: Several<string>
  readonly leadIds: Several<string>
  readonly dealIds: Several<string>
  readonly currencies: Several<string>
  readonly instant: () => number
  readonly orNull: <A>(value: A) => A | null
  /** Makes a random number of rows: mostly 4 to 40, and sometimes fewer or none. */
  readonly rows: <A>(row: (index: number) => A) => ReadonlyArray<A>
}

const zones: Several<string> = ["UTC", "Europe/Madrid", "America/New_York", "America/Havana", "Asia/Kathmandu"]
const units: Several<Bucket> = ["day", "week", "month", "quarter", "year"]
const uuids: Several<string> = [
  "00000000-0000-4000-8000-000000000001",
  "00000000-0000-4000-8000-000000000002",
  "f0000000-0000-4000-8000-00000000000a",
  "f0000000-0000-4000-8000-00000000000b",
  "ffffffff-ffff-4fff-bfff-ffffffffffff"
]

const ids = (prefix: string, count: number): Several<string> => [
  `${prefix}_1`,
  ...Array.from({ length: count - 1 }, (_, index) => `${prefix}_${index + 2}`)
]

/** Returns the boundary of a bucket, or a millisecond before or after it. */
const edge = (random: Random, { timeZone, weekStart }: RowOf<typeof organizations>): number => {
  const unit = random.pick(units)
  const today: Day = localDay(timeZone, now)
  const start = step(unit, startOf(unit, today, weekStart), random.integer(-13, 1))
  return startOfDay(timeZone, start) + random.pick([0, 0, 0, -1, 1])
}

const freshInstant = (random: Random, organization: RowOf<typeof organizations>): number =>
  random.weighted<() => number>([
    [() => edge(random, organization), 5],
    [() => now + random.pick([0, -1, 1]), 1],
    [() => now - random.integer(0, 2 * aDay), 2],
    [() => now - random.integer(0, 60 * aDay), 4],
    [() => now - random.integer(0, 900 * aDay), 2],
    [() => now + random.integer(1, 60 * aDay), 1],
    [() => Date.UTC(1999, 11, 31, 23, 59, 59, 999), 0.1]
  ])()

export const settingOf = (seed: number, index: number): Setting => {
  const chance = random(seedOf(seed, index))
  const organization = {
    organizationId: `org_${index + 1}`,
    name: `Organization ${index + 1}`,
    timeZone: chance.pick(zones),
    weekStart: chance.integer(1, 7),
    currency: chance.pick(["EUR", "USD", "GBP"])
  }
  const met: Several<number> = [
    now,
    ...Array.from({ length: chance.integer(0, 12) }, () => freshInstant(chance, organization))
  ]
  const count = chance.weighted<() => number>([
    [() => 0, 1],
    [() => chance.integer(0, 3), 1],
    [() => chance.integer(4, 40), 6]
  ])
  return {
    random: chance,
    organization,
    people: ids("user", chance.chance(0.3) ? 14 : chance.integer(1, 6)),
    tagIds: uuids,
    leadIds: ids("lead", 40),
    dealIds: ids("deal", 40),
    currencies: ["EUR", "USD", ...(chance.chance(0.3) ? ["GBP"] : [])],
    instant: () => chance.chance(0.4) ? chance.pick(met) : freshInstant(chance, organization),
    orNull: (value) => chance.chance(0.3) ? null : value,
    rows: (row) => Array.from({ length: count() }, (_, row_) => row(row_))
  }
}
