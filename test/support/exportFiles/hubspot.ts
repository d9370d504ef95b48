import { type ExportCase, numbered, pick, quotedLine, rowsIn, tallied, two } from "./countedExport.ts"

const zone = "Europe/Madrid"
const owners = ["Ana Ruiz", " ana ruiz", "Bo Lund", ""] as const
const user = (name = "") =>
  ({ "ana ruiz": "user_ana", "bo lund": "crm:bo lund", "": "" })[name.trim().toLowerCase()] ?? name

/** Some times are in the last minutes of a month, and in the night in which the clock changes. */
const time = (index: number) =>
  pick(["2024-03-31 23:59", "2024-04-01 00:00", "2024-03-31 01:30", "2024-10-27 02:30"] as const, index)
const later = (index: number) => `2024-${two(4 + index % 6)}-${two(1 + index % 28)} ${two(index % 24)}:15`

const contacts = numbered(50, (index) => [
  String(1_000 + index),
  `Name, "${index}"\r\nwith a line`,
  pick(owners, index),
  time(index),
  pick(["New", "IN_PROGRESS", "Bad Timing", "UNQUALIFIED", "attempted to contact", "Partner", ""] as const, index),
  pick(["Lead", "Customer", "Opportunity", "evangelist", "Subscriber"] as const, index),
  pick(["Organic Search", "Referrals", ""] as const, index)
])

const deals = numbered(50, (index) => [
  String(2_000 + index),
  index % 5 === 0 ? "" : `${1_000 + index};${1_001 + index}`,
  pick(owners, index),
  time(index),
  later(index),
  pick(["Closed won", "closedlost", "Contract Sent", "Appointment Scheduled", "CLOSED WON"] as const, index),
  index % 7 === 0 ? "" : `${index * 37}.${two(index)}5`,
  pick(["Too expensive", "too expensive ", ""] as const, index)
])

const calls = numbered(50, (index) => [
  String(3_000 + index),
  String(1_000 + index),
  pick(owners, index),
  later(index),
  pick(["INBOUND", "Outbound"] as const, index),
  pick(["Connected", "Left voicemail", "No answer", "Busy", "Wrong number", ""] as const, index),
  String(1_000 * index + 499)
])

const tasks = numbered(50, (index) => [
  String(4_000 + index),
  "",
  pick(owners, index),
  time(index),
  later(index),
  pick(["COMPLETED", "Not started", "Completed"] as const, index),
  later(index + 1)
])

const csv = (header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) =>
  `\ufeff${[header, ...rows].map((values) => quotedLine(values)).join("\r\n")}\r\n`

const contactsText = csv(
  [
    "Record ID",
    "First Name",
    "Contact owner",
    "Create Date",
    "hs_lead_status",
    "Lifecycle Stage",
    "Original Traffic Source"
  ],
  contacts
)
const dealsText = csv(
  [
    "Record ID",
    "Associated Contact IDs",
    "Deal owner",
    "Create date",
    "Close date",
    "Deal Stage",
    "Amount",
    "Closed Lost Reason"
  ],
  deals
)
const callsText = csv(
  [
    "Record ID",
    "Associated Contact IDs",
    "Activity assigned to",
    "Activity date",
    "Call direction",
    "Call outcome",
    "Call duration"
  ],
  calls
)
const tasksText = csv(
  [
    "Record ID",
    "Associated Contact IDs",
    "Assigned to",
    "Create Date",
    "Due date",
    "Task Status",
    "Last Modified Date"
  ],
  tasks
)

const statusOf = (status: string, stage: string) => {
  if (["Customer", "evangelist"].includes(stage)) return "client"
  const words: Record<string, string> = {
    New: "lead",
    IN_PROGRESS: "potential",
    "Bad Timing": "bad_timing",
    UNQUALIFIED: "unqualified",
    "attempted to contact": "lead",
    "": "lead"
  }
  return words[status] ?? status
}

const outcomes: Record<string, string> = {
  Connected: "success",
  "Left voicemail": "no_answer",
  "No answer": "no_answer",
  Busy: "busy",
  "Wrong number": "invalid_number",
  "": "success"
}

const centsOf = (amount = "") => amount === "" ? 0 : Math.round(Number((Number(amount) * 100).toFixed(3)))

export const hubspot: ExportCase = {
  preset: "hubspot",
  zone,
  files: {
    "hubspot-crm-exports-all-contacts-2024-11-01.csv": contactsText,
    "hubspot-crm-exports-all-deals-2024-11-01.csv": dealsText,
    "hubspot-crm-exports-all-calls-2024-11-01.csv": callsText,
    "hubspot-crm-exports-all-tasks-2024-11-01.csv": tasksText,
    "user-ids.csv": "user_id,name\nuser_ana,ANA RUIZ\n"
  },
  expected: () =>
    tallied([
      ...rowsIn(contactsText).map((row) =>
        [
          `lead ${statusOf(row["hs_lead_status"] ?? "", row["Lifecycle Stage"] ?? "")} ${
            row["Create Date"]?.slice(0, 7)
          }`,
          1
        ] as const
      ),
      ...rowsIn(dealsText).filter((row) => row["Deal Stage"]?.toLowerCase() === "closed won").flatMap((row) => {
        const key = `${user(row["Deal owner"])} ${row["Close date"]?.slice(0, 7)}`
        return [[`won ${key}`, 1], [`cents ${key}`, centsOf(row["Amount"])]] as const
      }),
      ...rowsIn(callsText).flatMap((row) => {
        const key = `${row["Call direction"]?.toLowerCase()} ${outcomes[row["Call outcome"] ?? ""]}`
        return [[`calls ${key}`, 1], [`seconds ${key}`, Math.round(Number(row["Call duration"]) / 1_000)]] as const
      }),
      ...rowsIn(tasksText).filter((row) => row["Task Status"]?.toLowerCase() === "completed").map((row) =>
        [`done ${user(row["Assigned to"])} ${row["Last Modified Date"]?.slice(0, 7)}`, 1] as const
      )
    ])
}
