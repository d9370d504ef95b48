import type { Tables } from "../../../src/metrics/crm.ts"
import { assigneeIds, ghost, ownerId } from "./people.ts"
import { now, type Setting, type Several } from "./Setting.ts"

/** The CRM tables can store no larger amount in cents. */
const hugeCents = 9_999_999_999_999_999n

const cents = ({ random }: Setting): bigint =>
  random.weighted<() => bigint>([
    [() => 0n, 1],
    [() => BigInt(random.integer(1, 99)), 2],
    [() => BigInt(random.integer(1, 40_000_000)), 6],
    [() => hugeCents, 0.2]
  ])()

/** Returns ten-thousandths of a percent. The values lead to half cents, thirds, and more than 100 %. */
const percent = ({ random }: Setting): bigint =>
  random.pick([0n, 5_000n, 30_000n, 33_333n, 125_001n, 500_000n, 1_000_000n, 2_500_000n])

const lostReasons: Several<string> = [
  "price",
  "Price",
  " PRICE ",
  "\u00a0price",
  "",
  "   ",
  "other",
  "no reason",
  "ΣΑΣ",
  "σας",
  ..."abcdefghijk"
]

/** Half of the times before now are as long after now. */
const expected = (at: number, index: number): number => at < now && index % 2 === 0 ? 2 * now - at : at

export const deals = (setting: Setting): Tables["deals"] =>
  setting.rows((index) => ({
    organizationId: setting.organization.organizationId,
    dealId: `deal_${index + 1}`,
    leadId: setting.orNull(setting.random.pick(setting.leadIds)),
    ownerId: ownerId(setting),
    assigneeIds: assigneeIds(setting),
    stage: setting.random.pick(["qualified", "viewing", "offer", "reserved", "under_contract", "signed"]),
    status: setting.random.pick(["open", "won", "won", "lost"]),
    lostReason: setting.orNull(setting.random.pick(lostReasons)),
    price: setting.orNull(cents(setting)),
    currency: setting.random.pick(setting.currencies),
    commissionMode: setting.orNull(setting.random.pick(["percent", "fixed"])),
    commissionPercent: setting.orNull(percent(setting)),
    commissionAmount: setting.orNull(cents(setting)),
    createdAt: setting.instant(),
    closedAt: setting.random.chance(0.1) ? null : setting.instant(),
    expectedCloseAt: setting.orNull(expected(setting.instant(), index))
  }))

export const shares = (setting: Setting): Tables["dealShares"] =>
  setting.rows((index) => ({
    organizationId: setting.organization.organizationId,
    dealId: setting.random.chance(0.8) ? `deal_${setting.random.integer(1, 6)}` : setting.random.pick(setting.dealIds),
    shareId: `share_${index + 1}`,
    party: setting.random.pick(["collaborator", "agent", "agent"]),
    userId: setting.orNull(setting.random.pick([...setting.people, ghost])),
    name: setting.random.pick(["Bo", "Agency", "\u{1f600}"]),
    mode: setting.random.pick(["percent", "fixed"]),
    percent: setting.orNull(percent(setting)),
    amount: setting.orNull(cents(setting))
  }))
