import { random, seedOf } from "../../src/data/Random.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { calls, emails, tasks } from "./random/activity.ts"
import { deals, shares } from "./random/deals.ts"
import { leads, spells } from "./random/leads.ts"
import { members, tags } from "./random/people.ts"
import { type Setting, settingOf } from "./random/Setting.ts"

export { now } from "./random/Setting.ts"

const all = <A>(settings: ReadonlyArray<Setting>, rows: (setting: Setting) => ReadonlyArray<A>) =>
  settings.flatMap((setting) => rows(setting))

/** Makes a small CRM with edge cases. Its one to three organizations use the same ids. */
export const randomTables = (seed: number): Tables => {
  const count = random(seedOf(seed)).integer(1, 3)
  const settings = Array.from({ length: count }, (_, index) => settingOf(seed, index))
  return {
    organizations: settings.map((setting) => setting.organization),
    members: all(settings, members),
    tags: all(settings, tags),
    leads: all(settings, leads),
    leadStatusSpells: all(settings, spells),
    deals: all(settings, deals),
    dealShares: all(settings, shares),
    tasks: all(settings, tasks),
    calls: all(settings, calls),
    emails: all(settings, emails)
  }
}
