import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { later } from "./arrivalTimes.ts"
import { assignees, handledBy, type Lead, type Organization } from "./Organization.ts"

const completion = (random: Random, { now }: Organization, createdAt: number, dueAt: number | null): number | null => {
  if (random.chance(0.24)) return null
  const at = dueAt === null || random.chance(0.3) ? later(random, createdAt, 0, 25) : later(random, dueAt, -2, 0)
  return at > now ? null : Math.max(at, createdAt)
}

export const tasks = (random: Random, organization: Organization, lead: Lead, suffix: string): Tables["tasks"] => {
  const times = Array.from(
    { length: random.weighted([[0, 28], [1, 34], [2, 22], [3, 16]]) },
    (_, index) => later(random, lead.createdAt, index * 8, index * 8 + 14)
  )
  return times.filter((at) => at <= organization.now).map((createdAt, index) => {
    const ownerId = handledBy(random, organization, lead, createdAt)
    const dueAt = random.chance(0.1) ? null : later(random, createdAt, 1, 21)
    return {
      organizationId: lead.organizationId,
      taskId: `task_${suffix}_${index + 1}`,
      leadId: lead.leadId,
      ownerId,
      assigneeIds: assignees(random, organization, ownerId, createdAt),
      createdAt,
      dueAt,
      completedAt: completion(random, organization, createdAt, dueAt)
    }
  })
}
