import type { Caller } from "../../src/domain/Caller.ts"
import { OrgId, UserId } from "../../src/domain/Ids.ts"
import type { Frozen } from "../../src/domain/Snapshot.ts"
import { contentHashOf } from "../../src/services/reports/Freezing.ts"

export const layout = {
  widgets: [{ instanceId: "a", metricId: "leads.created_over_time", chart: "area", x: 0, y: 0, w: 4, h: 2 }]
}

/** Returns people of a new organization: an admin, the same person as a member, and two other members. */
export const people = () => {
  const organizationId = OrgId.make(crypto.randomUUID())
  const person = (role: Caller["role"], userId: string): Caller => ({
    organizationId,
    userId: UserId.make(userId),
    role
  })
  return {
    admin: person("admin", "ana"),
    demoted: person("member", "ana"),
    owner: person("member", "olga"),
    colleague: person("member", "carl")
  }
}

export const elsewhere: Caller = { organizationId: OrgId.make("elsewhere"), userId: UserId.make("ana"), role: "admin" }

export const frozenBy = ({ role, userId }: Caller, title = "Frozen"): Frozen => {
  const content = { layout, series: [] }
  return {
    ...content,
    title,
    timeframe: { preset: "last_30d", bucket: "day" },
    view: { timeframe: { preset: "last_30d", bucket: "day" }, filters: { source: ["web"] }, comparePrevious: true },
    names: { people: [{ id: userId, name: "Ana" }], tags: [] },
    scope: { role, assigneeIds: [userId] },
    contentHash: contentHashOf(content)
  }
}
