import { emails } from "./crm.ts"
import { count, handwritten, is } from "./Measure.ts"
import { category, person, stat, timeseries } from "./Metric.ts"

const mail = { from: emails.population, at: emails.sentAt }

export const emailMetrics = {
  "emails.sent_over_time": timeseries({
    ...mail,
    label: "Emails sent",
    description: "Outbound emails by the time they were sent.",
    where: is(emails.direction, "outbound"),
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["area", "line", "bar"],
    groupBy: { assignee: person }
  }),
  "emails.received_over_time": timeseries({
    ...mail,
    label: "Emails received",
    description: "Inbound emails by the time they were sent.",
    where: is(emails.direction, "inbound"),
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["area", "line", "bar"],
    groupBy: { assignee: person }
  }),
  "emails.by_direction": category({
    ...mail,
    label: "Emails by direction",
    description: "Emails of the window, by direction: inbound or outbound.",
    measure: count(),
    unit: "count",
    charts: ["donut", "pie", "bar"],
    by: emails.direction
  }),
  "emails.reply_rate": stat({
    ...mail,
    label: "Reply rate",
    description:
      "Share of the threads with a reply. A thread counts in the window of its first outbound email, and a reply is an inbound email within 14 days after it. A thread without a reply so far counts as unanswered. Emails without a thread are not counted.",
    measure: handwritten("Ratio"),
    unit: "percent",
    moreIsBetter: true,
    charts: ["radial", "stat"]
  })
}
