import type { Kind } from "./Kind.ts"

const fewValues = (column: string, rest: string): Kind => ({
  kind: `one_${column}`,
  where: `(SELECT count(DISTINCT c.${column}) = 1 AND count(*) >= 10 FROM crm.calls c WHERE c.organization_id = $1)`,
  sentence: () => `all calls have one ${column}, ${rest}`,
  remedy: `write the ${column} of each call`
})

/** Faults of an organization as a whole. Their condition is on the row `t` of the organization. */
export const organizationKinds: ReadonlyArray<Kind> = [
  {
    kind: "no_members",
    where: "NOT EXISTS (SELECT FROM crm.members m WHERE m.organization_id = $1)",
    sentence: () => "no person is a member, so nobody can count rows as a member",
    remedy: "write the people of the organization to crm.members"
  },
  {
    kind: "week_start",
    where: "t.week_start NOT BETWEEN 1 AND 7",
    value: "t.week_start",
    sentence: (_, value) => `the week starts at day ${value}`,
    remedy: "write 1 (Monday) to 7 (Sunday) to week_start"
  },
  {
    kind: "no_client",
    where: `EXISTS (SELECT FROM crm.leads l WHERE l.organization_id = $1)
      AND NOT EXISTS (SELECT FROM crm.leads l WHERE l.organization_id = $1 AND l.status = 'client')`,
    sentence: () => "no lead has the status \"client\", so the lead conversion rate is 0 %",
    remedy: "write the status \"client\" to leads that became customers"
  },
  {
    kind: "nothing_won",
    where: `EXISTS (SELECT FROM crm.deals d WHERE d.organization_id = $1)
      AND NOT EXISTS (SELECT FROM crm.deals d WHERE d.organization_id = $1 AND d.status = 'won')`,
    sentence: () => "no deal is won, so all metrics of won deals are 0",
    remedy: "write the status \"won\" and closed_at to deals that were won"
  },
  {
    kind: "nothing_lost",
    where: `EXISTS (SELECT FROM crm.deals d WHERE d.organization_id = $1 AND d.status = 'won')
      AND NOT EXISTS (SELECT FROM crm.deals d WHERE d.organization_id = $1 AND d.status = 'lost')`,
    sentence: () => "no deal is lost, so the win rate is exactly 100 %",
    remedy: "write the status \"lost\" and closed_at to deals that were lost"
  },
  fewValues("outcome", "so the connect rate means nothing"),
  fewValues("direction", "so metrics of the other direction are 0")
]
