import { type Kind, quoted, rows } from "./Kind.ts"

/** The stays of the lead that the row `t` names. */
export const stayOfLead = "SELECT FROM crm.lead_status_spells s WHERE s.organization_id = $1 AND s.lead_id = t.lead_id"

export const stayKinds: ReadonlyArray<Kind> = [
  {
    kind: "ended_before_started",
    where: "t.ended_at < t.started_at",
    sentence: (count) => `${rows(count, ["ends", "end"])} before the stay starts, which counts as no time at all`,
    remedy: "correct ended_at or started_at"
  },
  {
    kind: "stay_not_ended",
    where: `t.ended_at IS NULL AND EXISTS (${stayOfLead} AND s.started_at > t.started_at)`,
    sentence: (count) => `${rows(count, ["has", "have"])} no end, although a later stay of the lead has started`,
    remedy: "write ended_at when the status of a lead changes"
  },
  {
    kind: "stays_overlap",
    where: `EXISTS (${stayOfLead} AND s.started_at < t.ended_at AND s.started_at IS DISTINCT FROM s.ended_at
      AND (s.started_at, s.status) > (t.started_at, t.status))`,
    value: "t.status",
    sentence: (count, value) =>
      `${rows(count, ["ends", "end"])} after the next stay of the lead has started, such as a stay in ${
        quoted(value)
      }, so the same time counts twice`,
    remedy: "end each stay at the start of the next one"
  }
]
