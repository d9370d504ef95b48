import type { Tables } from "../../metrics/crm.ts"
import type { Random } from "../Random.ts"
import { later, minutesLater } from "./arrivalTimes.ts"
import { handledBy, type Lead, type Organization } from "./Organization.ts"

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
