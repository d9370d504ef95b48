import type { Tables } from "../../../src/metrics/crm.ts"
import { assigneeIds, ownerId, tagIdsOf } from "./people.ts"
import type { Setting, Several } from "./Setting.ts"

const statuses: Several<string> = [
  "lead",
  "potential",
  "bad_timing",
  "client",
  "client",
  "unqualified",
  "on_hold",
  "Client",
  "constructor"
]
const sources: Several<string> = [
  "web",
  "Web",
  "referral",
  "portal",
  "toString",
  "\u{1f600}",
  "\uff5e",
  "a|b, \"c\"\r\n"
]

export const leads = (setting: Setting): Tables["leads"] =>
  setting.rows((index) => ({
    organizationId: setting.organization.organizationId,
    leadId: `lead_${index + 1}`,
    ownerId: ownerId(setting),
    assigneeIds: assigneeIds(setting),
    tagIds: tagIdsOf(setting),
    leadType: setting.orNull(setting.random.pick(["buyer", "seller", "tenant"])),
    source: setting.orNull(setting.random.pick(sources)),
    status: setting.random.pick(statuses),
    createdAt: setting.instant(),
    firstCallAt: setting.orNull(setting.instant())
  }))

/** Some spells belong to missing leads, end at their start, or end before it. */
export const spells = (setting: Setting): Tables["leadStatusSpells"] => {
  const byKey = setting.rows(() => {
    const startedAt = setting.instant()
    const spell = {
      organizationId: setting.organization.organizationId,
      leadId: setting.random.pick(setting.leadIds),
      status: setting.random.pick(statuses),
      startedAt,
      endedAt: setting.random.weighted([[null, 2], [startedAt, 1], [setting.instant(), 4]])
    }
    return [`${spell.leadId} ${spell.startedAt} ${spell.status}`, spell] as const
  })
  return [...new Map(byKey).values()]
}
