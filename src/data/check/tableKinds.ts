import { type Kind, quoted, rows, them } from "./Kind.ts"
import { organizationKinds } from "./organizationKinds.ts"
import { stayKinds, stayOfLead } from "./stayKinds.ts"

const percentOver = (column: string): Kind => ({
  kind: `${column}_over_100`,
  where: `t.${column} > 100 OR t.${column} < 0`,
  value: `t.${column}`,
  sentence: (count, value) => `${rows(count, ["has", "have"])} a ${column} outside 0 to 100, such as ${value}`,
  remedy: "a percentage of 3 % is written 3, not 0.03 or 300"
})

const negative = (column: string): Kind => ({
  kind: `negative_${column}`,
  where: `t.${column} < 0`,
  value: `t.${column}`,
  sentence: (count, value) => `${rows(count, ["has", "have"])} a negative ${column}, such as ${value}`,
  remedy: "write the amount without a sign"
})

const notANumber = (column: string): Kind => ({
  kind: `${column}_not_a_number`,
  where: `t.${column} = 'NaN'`,
  sentence: (count) => `${rows(count, ["has", "have"])} NaN as ${column}, so no sum with ${them(count)} is a number`,
  remedy: "write NULL or a number"
})

const before = (later: string, earlier: string, words: string): Kind => ({
  kind: `${later}_before_${earlier}`,
  where: `t.${later} <= t.${earlier} - interval '1 day'`,
  value: `t.${later}`,
  sentence: (count) => `${rows(count, ["is", "are"])} ${words}, which counts as no time at all`,
  remedy: `correct ${later} or ${earlier}; day and month may be exchanged`
})

const modeWithout = (mode: string, value: string, column: string): Kind => ({
  kind: `${column}_missing`,
  where: `t.${mode} = '${value}' AND t.${column} IS NULL`,
  sentence: (count) =>
    `${rows(count, ["has", "have"])} the ${mode} ${quoted(value)} without ${column}, which counts as 0`,
  remedy: `write ${column}, or another ${mode}`
})

const leads: ReadonlyArray<Kind> = [
  {
    kind: "unknown_tag",
    where: `EXISTS (SELECT FROM unnest(t.tag_ids) g (id) WHERE NOT EXISTS (
      SELECT FROM crm.tags a WHERE a.organization_id = $1 AND a.tag_id = g.id))`,
    value: "t.tag_ids[1]",
    sentence: (count) => `${rows(count, ["carries", "carry"])} a tag that is not in tags, so its id is the label`,
    remedy: "write the missing rows of crm.tags"
  },
  before("first_call_at", "created_at", "called first before they were created"),
  {
    kind: "other_open_spell",
    where: `EXISTS (${stayOfLead} AND s.ended_at IS NULL) AND NOT EXISTS (
      ${stayOfLead} AND s.ended_at IS NULL AND s.status = t.status)`,
    value: "t.status",
    sentence: (count, value) =>
      `${rows(count, ["has", "have"])} another status than the open stay in lead_status_spells, such as ${
        quoted(value)
      }`,
    remedy: "write the end of the old stay and the new stay when the status changes"
  }
]

const deals: ReadonlyArray<Kind> = [
  {
    kind: "closed_without_time",
    where: "t.status <> 'open' AND t.closed_at IS NULL",
    value: "t.status",
    sentence: (count) =>
      `${rows(count, ["is", "are"])} won or lost without closed_at, so no metric of won or lost deals counts ${
        them(count)
      }`,
    remedy: "write the time at which the deal was won or lost to closed_at"
  },
  {
    kind: "won_without_price",
    where: "t.status = 'won' AND t.price IS NULL",
    sentence: (count) => `${rows(count, ["is", "are"])} won without a price, which counts as 0 in sums`,
    remedy: "write the price of won deals"
  },
  {
    kind: "open_with_closed_at",
    where: "t.status = 'open' AND t.closed_at IS NOT NULL",
    sentence: (count) =>
      `${rows(count, ["is", "are"])} open with closed_at, so ${them(count)} is in no metric of closed deals`,
    remedy: "write the expected time to expected_close_at, and the status won or lost to closed deals"
  },
  {
    kind: "unknown_deal_status",
    where: "t.status NOT IN ('open', 'won', 'lost')",
    value: "t.status",
    sentence: (count, value) =>
      `${rows(count, ["has", "have"])} a status that is not open, won or lost, such as ${quoted(value)}`,
    remedy: "write open, won or lost"
  },
  before("closed_at", "created_at", "closed before they were created"),
  negative("price"),
  notANumber("price"),
  percentOver("commission_percent"),
  modeWithout("commission_mode", "percent", "commission_percent"),
  modeWithout("commission_mode", "fixed", "commission_amount")
]

const shares: ReadonlyArray<Kind> = [
  percentOver("percent"),
  negative("amount"),
  modeWithout("mode", "percent", "percent"),
  modeWithout("mode", "fixed", "amount"),
  {
    kind: "agent_without_user",
    where: "t.party = 'agent' AND t.user_id IS NULL",
    sentence: (count) => `${rows(count, ["is", "are"])} of an agent without user_id, so no person gets the commission`,
    remedy: "write the id of the member to user_id"
  },
  {
    kind: "unknown_agent",
    where: `t.user_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM crm.members m WHERE m.organization_id = $1 AND m.user_id = t.user_id)`,
    value: "t.user_id",
    sentence: (count, value) =>
      `${rows(count, ["names", "name"])} a user_id that is not in members, such as ${quoted(value)}`,
    remedy: "add the person to crm.members, or correct user_id"
  },
  {
    kind: "shares_over_100",
    where: `(SELECT sum(s.percent) > 100 FROM crm.deal_shares s WHERE s.organization_id = $1
      AND s.deal_id = t.deal_id AND s.party = t.party AND s.mode = 'percent')`,
    sentence: (count) => `${rows(count, ["belongs", "belong"])} to a deal whose shares of one party are over 100 %`,
    remedy: "correct percent, so that the shares of a party are at most 100 %"
  }
]

const calls: ReadonlyArray<Kind> = [
  {
    kind: "long_call",
    where: "t.duration_seconds > 86400",
    value: "t.duration_seconds",
    sentence: (count, value) => `${rows(count, ["is", "are"])} longer than a day, such as ${value} seconds`,
    remedy: "write seconds, not milliseconds, to duration_seconds"
  },
  {
    kind: "negative_duration",
    where: "t.duration_seconds < 0",
    value: "t.duration_seconds",
    sentence: (count, value) => `${rows(count, ["has", "have"])} a negative duration, such as ${value}`,
    remedy: "write the length of the call in seconds"
  }
]

export const tableKinds: { readonly [table: string]: ReadonlyArray<Kind> } = {
  organizations: organizationKinds,
  leads,
  lead_status_spells: stayKinds,
  deals,
  deal_shares: shares,
  tasks: [before("completed_at", "created_at", "completed before they were created")],
  calls,
  emails: [{
    kind: "no_thread",
    where: "t.thread_id IS NULL",
    sentence: (count) => `${rows(count, ["has", "have"])} no thread_id, so the reply rate leaves ${them(count)} out`,
    remedy: "write the id of the conversation to thread_id"
  }],
  tags: [{
    kind: "same_tag_name",
    where: `lower(trim(t.name)) IN (SELECT lower(trim(a.name)) FROM crm.tags a WHERE a.organization_id = $1
      GROUP BY 1 HAVING count(*) > 1)`,
    value: "t.name",
    sentence: (count, value) => `${rows(count, ["has", "have"])} the name of another tag, such as ${quoted(value)}`,
    remedy: "give each tag a name of its own"
  }]
}
