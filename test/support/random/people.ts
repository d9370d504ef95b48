import type { Tables } from "../../../src/metrics/crm.ts"
import { now, type Setting, type Several } from "./Setting.ts"

/** This person owns rows but is not a member. */
export const ghost = "user_ghost"

const anybody = ({ people }: Setting): Several<string> => {
  const [first, ...others] = [...people, ghost] as const
  return [first, ...others]
}

export const ownerId = (setting: Setting): string | null =>
  setting.random.chance(0.15) ? null : setting.random.pick(anybody(setting))

/** Ids may repeat, and may include the owner. */
export const assigneeIds = (setting: Setting): ReadonlyArray<string> => {
  const count = setting.random.weighted([[0, 4], [1, 3], [2, 2], [3, 1], [5, 1]])
  return Array.from({ length: count }, () => setting.random.pick(anybody(setting)))
}

export const tagIdsOf = (setting: Setting): ReadonlyArray<string> => {
  const count = setting.random.weighted([[0, 3], [1, 3], [2, 2], [4, 1]])
  return Array.from({ length: count }, () => setting.random.pick(setting.tagIds))
}

/** Some members have equal names or have left, and some owners are not members. */
export const members = (setting: Setting): Tables["members"] =>
  setting.people.filter(() => setting.random.chance(0.85)).map((userId) => ({
    organizationId: setting.organization.organizationId,
    userId,
    name: setting.random.pick([userId, "Ana", "Ana", "ana", "Öz", "\u{1f600} Bo", "\uff5e Bo"]),
    leftAt: setting.random.weighted([[null, 5], [setting.instant(), 1], [now, 1]])
  }))

export const tags = (setting: Setting): Tables["tags"] =>
  setting.tagIds.filter(() => setting.random.chance(0.7)).map((tagId) => ({
    organizationId: setting.organization.organizationId,
    tagId,
    name: setting.random.pick(["Hot", "Hot", "hot", "Ärger", "\u{1f525}", "\ufb01x"]),
    color: setting.random.pick(["slate", "#f00"]),
    archivedAt: setting.random.weighted([[null, 3], [setting.instant(), 1]])
  }))
