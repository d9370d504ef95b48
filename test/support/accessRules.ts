import { caller } from "./TestApp.ts"

export const callers = {
  admin: caller("admin", "ana", "org_a"),
  member: caller("member", "carl", "org_a"),
  /** Dora was an admin when she created her report, snapshot and key. */
  formerAdmin: caller("member", "dora", "org_a"),
  foreignAdmin: caller("admin", "boris", "org_b")
}
export type Who = keyof typeof callers

/** Each function returns the caller that creates the report, the snapshot and the key. */
export const makers = {
  ownReport: (who: Who) => who === "formerAdmin" ? { ...callers.formerAdmin, role: "admin" as const } : callers[who],
  reportOfOrgA: () => caller("member", "olga", "org_a"),
  reportOfOrgB: () => caller("member", "bella", "org_b")
}
export type Whose = keyof typeof makers | "unknownReport"

export const callerWords = {
  admin: "an admin of org_a",
  member: "a member of org_a",
  formerAdmin: "a former admin of org_a",
  foreignAdmin: "an admin of org_b"
}
export const makerWords = {
  ownReport: "the caller created",
  reportOfOrgA: "another member of org_a created",
  reportOfOrgB: "a member of org_b created",
  unknownReport: "nobody created"
}

type Outcome = "yes" | 400 | 403 | 404
type Outcomes = readonly [ofPrivate: Outcome, ofShared: Outcome]
export type Rules = { readonly [W in Whose]: { readonly [C in Who]: Outcomes } }

const never: Outcomes = [404, 404]
const always: Outcomes = ["yes", "yes"]
const shared: Outcomes = [404, "yes"]
const unknownReport = { admin: never, member: never, formerAdmin: never, foreignAdmin: never }

export const reading: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  reportOfOrgA: { admin: shared, member: shared, formerAdmin: shared, foreignAdmin: never },
  reportOfOrgB: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

export const changing: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  reportOfOrgA: { admin: shared, member: [404, 403], formerAdmin: [404, 403], foreignAdmin: never },
  reportOfOrgB: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

export const ofSnapshot: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: never, foreignAdmin: always },
  reportOfOrgA: { admin: shared, member: never, formerAdmin: never, foreignAdmin: never },
  reportOfOrgB: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

/** The makers also own the reports. */
export const ofSubscription: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  reportOfOrgA: { admin: shared, member: never, formerAdmin: never, foreignAdmin: never },
  reportOfOrgB: { admin: never, member: never, formerAdmin: never, foreignAdmin: shared },
  unknownReport
}

const ofShared: Outcomes = [400, "yes"]

/** Only the creator shares a snapshot, and a private report has no other readers. */
export const ofMaker: Rules = {
  ownReport: { admin: ofShared, member: ofShared, formerAdmin: never, foreignAdmin: ofShared },
  reportOfOrgA: { admin: [404, 403], member: never, formerAdmin: never, foreignAdmin: never },
  reportOfOrgB: { admin: never, member: never, formerAdmin: never, foreignAdmin: [404, 403] },
  unknownReport
}

const admins: Outcomes = [403, 403]

/** A member gets 403 for every id, so that the answer does not tell whether the target exists. */
export const ofTarget: Rules = {
  ownReport: { admin: always, member: admins, formerAdmin: admins, foreignAdmin: always },
  reportOfOrgA: { admin: always, member: admins, formerAdmin: admins, foreignAdmin: never },
  reportOfOrgB: { admin: never, member: admins, formerAdmin: admins, foreignAdmin: always },
  unknownReport: { admin: never, member: admins, formerAdmin: admins, foreignAdmin: never }
}

export const ofKey: Rules = {
  ownReport: { admin: always, member: always, formerAdmin: always, foreignAdmin: always },
  reportOfOrgA: { admin: always, member: never, formerAdmin: never, foreignAdmin: never },
  reportOfOrgB: { admin: never, member: never, formerAdmin: never, foreignAdmin: always },
  unknownReport
}
