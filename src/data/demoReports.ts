import { Effect } from "effect"
import { OrgId, UserId } from "../domain/Ids.ts"
import { Goals } from "../services/goals/Goals.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { templates } from "../templates.ts"
import { saveDemoGoals } from "./demoGoals.ts"
import { demoOrganizations } from "./demoOrganizations.ts"

/**
 * Saves the demo reports in each demo organization whose first admin can read no report. They are saved in reverse
 * order, because lists show the newest report first.
 */
export const saveDemoReports = Effect.gen(function*() {
  const reports = yield* ReportRepo
  for (const { organizationId, people: [admin] } of demoOrganizations) {
    const caller = {
      organizationId: OrgId.make(organizationId),
      userId: UserId.make(admin.userId),
      role: "admin"
    } as const
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
