import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { later } from "./arrivalTimes.ts"
import type { Lead, Organization } from "./Organization.ts"

type Journey = readonly [string, ...ReadonlyArray<string>]

const journeys: readonly [readonly [Journey, number], ...ReadonlyArray<readonly [Journey, number]>] = [
  [["lead"], 52],
  [["lead", "potential"], 21],
  [["lead", "potential", "client"], 9],
  [["lead", "client"], 4],
  [["lead", "bad_timing"], 5],
  [["lead", "potential", "bad_timing"], 2],
  [["lead", "unqualified"], 5],
  [["lead", "potential", "unqualified"], 2],
  [["lead", "nurturing"], 0.8]
]

type Spells = ReadonlyArray<Omit<Tables["leadStatusSpells"][number], "organizationId" | "leadId">>

export const journey = (random: Random, { now }: Organization, createdAt: number): Spells => {
  const spells: Array<Spells[number]> = []
  let startedAt = createdAt
  for (const [step, status] of random.weighted(journeys).entries()) {
    if (step > 0 && startedAt > now) break
    const endedAt = later(random, startedAt, 1, 40)
    spells.push({ status, startedAt, endedAt })
    startedAt = endedAt
  }
  return spells.map((spell, step) => step === spells.length - 1 ? { ...spell, endedAt: null } : spell)
}

export const statusAfter = (spells: Spells): Lead["status"] => spells.at(-1)?.status ?? "lead"
