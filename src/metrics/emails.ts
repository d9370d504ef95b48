import { emails } from "./crm.ts"
import { count, handwritten, is } from "./Measure.ts"
import { category, person, stat, timeseries } from "./Metric.ts"

const mail = { from: emails.population, at: emails.sentAt }

export const emailMetrics = {
  "emails.sent_over_time": timeseries({
    ...mail,
    label: "Emails sent",
    description: "Outbound emails by the moment they were sent.",
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
    description: "Inbound emails by the moment they were sent.",
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
    description: "Emails of the window, inbound and outbound.",
    measure: count(),
    unit: "count",
    charts: ["donut", "pie", "bar"],
    by: emails.direction
  }),
  "emails.reply_rate": stat({
    ...mail,
    label: "Reply rate",
    description:
      "Of the threads whose first outbound email is in the window, the share with an inbound one within 14 days after it. A young thread counts as unanswered; emails without a thread do not count.",
    measure: handwritten("Ratio"),
    unit: "percent",
    moreIsBetter: true,
    charts: ["radial", "stat"]
  })
}
