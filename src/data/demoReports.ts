import { Effect } from "effect"
import { OrgId, UserId } from "../domain/Ids.ts"
import { ReportRepo } from "../services/reports/ReportRepo/ReportRepo.ts"
import { templates } from "../templates.ts"
import { demoOrganizations } from "./demoOrganizations.ts"

/** The report that is saved last is the first in lists. */
export const saveDemoReports = Effect.gen(function*() {
  const reports = yield* ReportRepo
  for (const { organizationId, people: [admin] } of demoOrganizations) {
    const caller = {
      organizationId: OrgId.make(organizationId),
      userId: UserId.make(admin.userId),
      role: "admin"
    } as const
    for (const { adminOnly: _adminOnly, name: _name, ...report } of templates.toReversed()) {
      // Lists sort by milliseconds, so each report needs its own.
      yield* Effect.sleep("2 millis")
      yield* reports.create(caller, { ...report, visibility: "organization" })
    }
  }
})
