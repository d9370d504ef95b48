import type { Tables } from "../../../src/metrics/crm.ts"
import { assigneeIds, ownerId } from "./people.ts"
import { aDay, type Setting } from "./Setting.ts"

export const tasks = (setting: Setting): Tables["tasks"] =>
  setting.rows((index) => ({
    organizationId: setting.organization.organizationId,
    taskId: `task_${index + 1}`,
    leadId: setting.orNull(setting.random.pick(setting.leadIds)),
    ownerId: ownerId(setting),
    assigneeIds: assigneeIds(setting),
    createdAt: setting.instant(),
    dueAt: setting.orNull(setting.instant()),
    completedAt: setting.random.chance(0.5) ? null : setting.instant()
  }))

export const calls = (setting: Setting): Tables["calls"] =>
  setting.rows((index) => ({
    organizationId: setting.organization.organizationId,
    callId: `call_${index + 1}`,
    leadId: setting.orNull(setting.random.pick(setting.leadIds)),
    ownerId: ownerId(setting),
    direction: setting.random.pick(["inbound", "outbound", "outbound", "internal"]),
    outcome: setting.random.pick(["success", "success", "no_answer", "busy", "failed", "canceled", "voicemail"]),
    durationSeconds: setting.random.pick([0, 1, 29, 30, 90, 3_600, 2_147_483_647]),
    startedAt: setting.instant()
  }))

const fortnight = 14 * aDay

/** A reply counts only until 14 days after the first outbound email, so most emails are near these two times. */
export const emails = (setting: Setting): Tables["emails"] => {
  const { random } = setting
  const opened = (number: number) => ({ number, at: setting.instant(), by: ownerId(setting) })
  const threads = [opened(1), opened(2), opened(3), opened(4), opened(5)] as const
  return setting.rows((index) => {
    const { at, by, number } = random.pick(threads)
    const direction = random.pick(["inbound", "outbound", "outbound", "draft"])
    const isFirst = direction === "inbound" && random.chance(0.4)
    const after = isFirst
      ? -3 * aDay
      : random.pick([0, 0, 1, -1, fortnight, fortnight - 1, fortnight + 1, aDay, 20 * aDay])
    return {
      organizationId: setting.organization.organizationId,
      emailId: `email_${index + 1}`,
      leadId: setting.orNull(random.pick(setting.leadIds)),
      ownerId: random.chance(0.3) ? ownerId(setting) : by,
      threadId: random.chance(0.15) ? null : `thread_${number}`,
      direction,
      sentAt: random.chance(0.2) ? setting.instant() : at + after
    }
  })
}
