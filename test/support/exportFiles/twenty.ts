import { type ExportCase, monthIn, numbered, pick, rowsIn, tallied, two } from "./countedExport.ts"

const zone = "Asia/Kolkata"
const uuid = (kind: number, index: number) => `0000000${kind}-0000-4000-8000-0000000000${two(index)}`
const members = [uuid(9, 1), uuid(9, 2)] as const
const user: Record<string, string> = { [members[0]]: "user_pia", [members[1]]: "crm:tom bo", "": "" }
const time = (index: number) =>
  pick(["2024-01-31T18:29:59.999Z", "2024-01-31T18:30:00.000Z", "2024-05-05T00:00:00.000Z"] as const, index)
const later = (index: number) => `2024-${two(6 + index % 4)}-${two(1 + index % 28)}T19:00:00.000Z`

const csv = (header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) =>
  [header, ...rows].map((values) =>
    `${values.map((value) => /[",\n]/.test(value) ? `"${value.replaceAll("\"", "\"\"")}"` : value).join(",")}\n`
  ).join("")

const personText = csv(
  [
    "Id",
    "Name / First Name",
    "Emails / Additional Emails",
    "Created by / Source",
    "Created by / Workspace Member",
    "Created by / Name",
    "Creation date"
  ],
  numbered(50, (index) => {
    const member = index % 5 < 2 ? pick(members, index) : ""
    return [
      uuid(1, index),
      "\u200d=cmd",
      "[\"a@example.com\",\"b@example.com\"]",
      pick(["MANUAL", "EMAIL"] as const, index),
      member,
      member === members[0] ? "Pia Ek" : member === "" ? "" : "Tom Bo",
      time(index)
    ]
  })
)

const opportunityText = csv(
  [
    "Id",
    "Amount / Amount",
    "Amount / Currency",
    "Stage",
    "Point of Contact Id",
    "Owner Id",
    "Creation date",
    "Close date"
  ],
  numbered(50, (index) => [
    uuid(2, index),
    index % 6 === 0 ? "" : `${index}.5`,
    "INR",
    pick(["CUSTOMER", "NEW", "MEETING"] as const, index),
    uuid(1, index % 20),
    pick(members, index),
    time(index),
    index % 4 === 0 ? later(index) : "2024-08-01"
  ])
)

const taskText = csv(
  ["Id", "Title", "Due Date", "Status", "Assignee Id", "Creation date", "Last update"],
  numbered(50, (index) => [
    uuid(3, index),
    "A, b",
    later(index),
    pick(["TODO", "DONE", "IN_PROGRESS"], index),
    index % 7 === 0 ? "" : pick(members, index),
    time(index),
    later(index)
  ])
)

const opportunities = () => rowsIn(opportunityText)

const statusOf = (id = "") => {
  const own = opportunities().filter((row) => row["Point of Contact Id"] === id)
  if (own.some((row) => row["Stage"] === "CUSTOMER")) return "client"
  return own.length > 0 ? "potential" : "lead"
}

const closedIn = (text = "") => text.length === 10 ? text.slice(0, 7) : monthIn(zone, text)

export const twenty: ExportCase = {
  preset: "twenty",
  zone,
  files: {
    "person.csv": personText,
    "opportunity.csv": opportunityText,
    "task.csv": taskText,
    "user-ids.csv": `user_id;crm_id\nuser_pia;${members[0]}\n`
  },
  expected: () =>
    tallied([
      ...rowsIn(personText).map((row) =>
        [`lead ${statusOf(row["Id"])} ${monthIn(zone, row["Creation date"] ?? "")}`, 1] as const
      ),
      ...opportunities().filter((row) => row["Stage"] === "CUSTOMER").flatMap((row) => {
        const key = `${user[row["Owner Id"] ?? ""]} ${closedIn(row["Close date"])}`
        return [[`won ${key}`, 1], [`cents ${key}`, Number(row["Amount / Amount"]) * 100]] as const
      }),
      ...rowsIn(taskText).filter((row) => row["Status"] === "DONE").map((row) =>
        [`done ${user[row["Assignee Id"] ?? ""]} ${monthIn(zone, row["Last update"] ?? "")}`, 1] as const
      )
    ])
}
