import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { later, minutesLater } from "./arrivalTimes.ts"
import { assignees, handledBy, type Lead, type Organization } from "./Organization.ts"

export const firstCall = (random: Random, { now }: Organization, createdAt: number): number | null => {
  const at = random.weighted<() => number | null>([
    [() => minutesLater(random, createdAt, 2, 45), 38],
    [() => minutesLater(random, createdAt, 45, 300), 20],
    [() => later(random, createdAt, 1, 5), 16],
    [() => minutesLater(random, createdAt, -90, -1), 1],
    [() => null, 25]
  ])()
  return at === null || at > now ? null : at
}

const outcomes = [
  ["success", 46],
  ["no_answer", 32],
  ["busy", 8],
  ["failed", 4],
  ["invalid_number", 3],
  ["canceled", 5],
  ["voicemail", 2]
] as const

const talkSeconds = (random: Random): number => {
  const length = random.fraction()
  return 15 + Math.floor(length * length * 1_500)
}

export const calls = (random: Random, organization: Organization, lead: Lead, suffix: string): Tables["calls"] => {
  const { createdAt, firstCallAt, leadId, organizationId } = lead
  const following = random.weighted([[0, 32], [1, 26], [2, 18], [3, 12], [4, 8], [6, 4]])
  const since = firstCallAt === null ? createdAt : Math.max(createdAt, firstCallAt)
  const times = Array.from({ length: following }, () => later(random, since, 1, 90)).filter((at) =>
    at <= organization.now
  )
  return (firstCallAt === null ? times : [firstCallAt, ...times]).map((startedAt, index) => {
    const outcome = random.weighted(outcomes)
    const isOutbound = startedAt === firstCallAt || (firstCallAt !== null && random.chance(0.72))
    return {
      organizationId,
      callId: `call_${suffix}_${index + 1}`,
      leadId,
      ownerId: handledBy(random, organization, lead, startedAt),
      direction: isOutbound ? "outbound" : "inbound",
      outcome,
      durationSeconds: outcome === "success" ? talkSeconds(random) : 0,
      startedAt
    }
  })
}

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

interface Mail {
  readonly threadId: string | null
  readonly direction: "inbound" | "outbound"
  readonly sentAt: number
}

const replies: readonly [
  readonly ["soon" | "late" | "never", number],
  ...ReadonlyArray<readonly ["soon" | "late" | "never", number]>
] = [
  ["soon", 46],
  ["late", 6],
  ["never", 48]
]

const thread = (random: Random, threadId: string, openedAt: number): ReadonlyArray<Mail> => {
  const opening = { threadId, direction: random.chance(0.9) ? "outbound" : "inbound", sentAt: openedAt } as const
  const kind = random.weighted(replies)
  if (kind === "never") {
    const reminder = { threadId, direction: "outbound", sentAt: later(random, openedAt, 3, 9) } as const
    return random.chance(0.4) ? [opening, reminder] : [opening]
  }
  const repliedAt = kind === "late" ? later(random, openedAt, 15, 40) : later(random, openedAt, 0, 6)
  const reply = {
    threadId,
    direction: opening.direction === "outbound" ? "inbound" : "outbound",
    sentAt: repliedAt
  } as const
  const answer = { threadId, direction: "outbound", sentAt: minutesLater(random, repliedAt, 10, 1_200) } as const
  const thanks = { threadId, direction: "inbound", sentAt: minutesLater(random, answer.sentAt, 10, 2_000) } as const
  return [opening, reply, answer, thanks].slice(0, random.weighted([[2, 6], [3, 3], [4, 1]]))
}

export const emails = (random: Random, organization: Organization, lead: Lead, suffix: string): Tables["emails"] => {
  const threads = Array.from(
    { length: random.weighted([[0, 32], [1, 46], [2, 22]]) },
    (_, index) =>
      thread(random, `thread_${suffix}_${index + 1}`, later(random, lead.createdAt, index * 12, index * 12 + 10))
  )
  const single = { threadId: null, direction: "inbound", sentAt: later(random, lead.createdAt, 0, 30) } as const
  const mails: ReadonlyArray<Mail> = [...threads.flat(), ...(random.chance(0.3) ? [single] : [])]
  return mails.filter(({ sentAt }) => sentAt <= organization.now).map((mail, index) => ({
    organizationId: lead.organizationId,
    emailId: `email_${suffix}_${index + 1}`,
    leadId: lead.leadId,
    ownerId: handledBy(random, organization, lead, mail.sentAt),
    ...mail
  }))
}
