import { Clock, Effect } from "effect"
import type { Caller } from "../domain/Caller.ts"
import { OrgId, UserId } from "../domain/Ids.ts"
import { type NewTarget, organizationOwner } from "../domain/Target.ts"
import { Goals } from "../services/goals/Goals.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { templates } from "../templates.ts"
import { type DemoOrganization, demoOrganizations } from "./demoOrganizations.ts"

const weights = { qualified: 10, viewing: 25, offer: 60, reserved: 85, under_contract: 95 }

const monthsAround = (now: number): ReadonlyArray<string> => {
  const year = new Date(now).getUTCFullYear()
  return [year - 1, year, year + 1].flatMap((one) =>
    Array.from({ length: 12 }, (_, month) => `${one}-${String(month + 1).padStart(2, "0")}`)
  )
}

const ofAdmin = 1_500_000
const ofMember = 500_000

/** Each person who has not left gets a target for each month, and the organization gets their sum. */
const targetsOf = ({ currency, people }: DemoOrganization, months: ReadonlyArray<string>): ReadonlyArray<NewTarget> => {
  const present = people.filter(({ leftDaysAgo }) => leftDaysAgo === undefined)
  const amountOf = ({ role }: (typeof present)[number]) => role === "admin" ? ofAdmin : ofMember
  const owners = [
    ...present.map((person) => ({ owner: person.userId, amount: amountOf(person) })),
    { owner: organizationOwner, amount: present.reduce((total, person) => total + amountOf(person), 0) }
  ]
  return ["deals.won_value_over_time", "team.won_value_by_agent"].flatMap((metricId) =>
    owners.map(({ amount, owner }) => ({
      metricId,
      filters: {},
      for: owner,
      period: "month",
      values: Object.fromEntries(months.map((month) => [month, amount])),
      currency
    }))
  )
}

const firstAdmin = ({ organizationId, people: [admin] }: DemoOrganization): Caller => ({
  organizationId: OrgId.make(organizationId),
  userId: UserId.make(admin.userId),
  role: "admin"
})

/** Saves stage weights and targets in each demo organization that has no targets. */
export const saveDemoGoals = Effect.gen(function*() {
  const goals = yield* Goals
  const months = monthsAround(yield* Clock.currentTimeMillis)
  for (const demo of demoOrganizations) {
    const caller = firstAdmin(demo)
    const { total } = yield* goals.listTargets(caller, { limit: 1, offset: 0 })
    if (total > 0) continue
    yield* goals.setStageWeights(caller, weights)
    yield* Effect.forEach(targetsOf(demo, months), (target) => goals.createTarget(caller, target), { discard: true })
  }
})

/**
 * Saves the demo reports in each demo organization whose first admin can read no report. They are saved in reverse
 * order, because lists show the newest report first.
 */
export const saveDemoReports = Effect.gen(function*() {
  const reports = yield* ReportRepo
  for (const demo of demoOrganizations) {
    const caller = firstAdmin(demo)
    const { total } = yield* reports.list(caller, { limit: 1, offset: 0 })
    if (total > 0) continue
    for (const { adminOnly: _adminOnly, name: _name, ...report } of templates.toReversed()) {
      // Lists sort reports by their time in milliseconds, so two reports must not have the same time.
      yield* Effect.sleep("2 millis")
      yield* reports.create(caller, { ...report, visibility: "organization" })
    }
  }
})

/** The reports, targets and stage weights of the demo. */
export const saveDemo = Effect.andThen(saveDemoReports, saveDemoGoals).pipe(
  Effect.provide([ReportRepo.layerSql, Goals.layerSql])
)
