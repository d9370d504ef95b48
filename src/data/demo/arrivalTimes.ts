import { localDay, startOfDay } from "../../domain/Calendar.ts"
import type { Random } from "../Random.ts"
import { aDay, daysOpen, type Organization } from "./Organization.ts"

const minute = 60_000
const hour = 60 * minute

/** The list begins with Sunday. */
const weekdayLoad = [0.18, 1, 0.95, 0.9, 0.88, 0.75, 0.35]
const monthLoad = [0.8, 0.85, 0.95, 1, 1, 0.95, 0.7, 0.5, 0.95, 1, 0.85, 0.55]

const load = (day: number): number =>
  (weekdayLoad[(day + 4) % 7] ?? 1) * (monthLoad[new Date(day * aDay).getUTCMonth()] ?? 1)

const loadAtOpening = 0.45
const growth = 0.55

/** Returns when `share` of all leads have arrived, as a fraction of the time since the opening. */
const ageOf = (share: number): number => {
  const all = loadAtOpening + growth / 2
  return (Math.sqrt(loadAtOpening * loadAtOpening + 2 * growth * share * all) - loadAtOpening) / growth
}

const timeOfDay = (random: Random): number =>
  random.chance(0.06)
    ? random.integer(0, 24 * hour - 1)
    : 8 * hour + Math.floor((random.fraction() + random.fraction()) * 6 * hour)

const onADay = (random: Random, { leads, now, profile }: Organization, index: number, tries: number): number => {
  const today = localDay(profile.timeZone, now)
  const age = ageOf((index + random.fraction()) / leads)
  const day = Math.min(today, today - daysOpen + Math.floor(age * (daysOpen + 1)) + random.integer(-20, 20))
  if (tries > 0 && !random.chance(load(day))) return -1
  const at = startOfDay(profile.timeZone, day) + timeOfDay(random)
  return at > now ? -1 : at
}

export const arrival = (random: Random, organization: Organization, index: number): number => {
  if (index % 400 === 399) return organization.now + random.integer(minute, 10 * aDay)
  for (let tries = 20; tries >= 0; tries -= 1) {
    const at = onADay(random, organization, index, tries)
    if (at !== -1) return at
  }
  return organization.now - random.integer(0, 12 * hour)
}

export const later = (random: Random, at: number, fromDays: number, toDays: number): number => {
  const moved = at + random.integer(fromDays, toDays) * aDay + random.integer(0, 3 * hour)
  const weekday = (Math.floor(moved / aDay) + 4) % 7
  if (weekday % 6 !== 0 || random.chance(0.2)) return moved
  return moved + ((weekday === 6 ? 2 : 1) + random.integer(0, 3)) * aDay
}

export const minutesLater = (random: Random, at: number, from: number, to: number): number =>
  at + random.integer(from * minute, to * minute)
