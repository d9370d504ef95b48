import { type ExportCase, numbered, pick, rowsIn, tallied, two } from "./countedExport.ts"

const zone = "Europe/Berlin"
const owners = ["Jürgen Groß", "Ana Ruiz"] as const
const user: Record<string, string> = { "Jürgen Groß": "user_j", "Ana Ruiz": "crm:ana ruiz" }
const time = (index: number) =>
  pick(["2024-02-29 23:59:59", "2024-03-01 00:00:00", "2024-06-30 12:00:00"] as const, index)
const later = (index: number) => `2024-${two(5 + index % 6)}-${two(1 + index % 28)} ${two(index % 24)}:00:01`

const csv = (header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) =>
  [header, ...rows].map((values) =>
    `${values.map((value) => /[";\n]/.test(value) ? `"${value.replaceAll("\"", "\"\"")}"` : value).join(";")}\r\n`
  ).join("")

const dealsText = csv(
  [
    "Deal - ID",
    "Deal - Title",
    "Deal - Owner",
    "Deal - Value",
    "Deal - Currency of Value",
    "Deal - Contact person ID",
    "Deal - Stage",
    "Deal - Status",
    "Deal - Deal created",
    "Deal - Won time",
    "Deal - Lost time",
    "Deal - Lost reason",
    "Deal - Archive status",
    "Deal - Source channel",
    "Deal - Owner"
  ],
  numbered(50, (index) => {
    const status = pick(["Won", "lost", "Open"] as const, index)
    return [
      String(index + 1),
      `A "title"; with ${index}`,
      pick(owners, index),
      pick(["1.234,50", "99,995", "5000", ""] as const, index),
      "EUR",
      String(100 + index % 40),
      pick(["Qualified", "Contact Made", "Demo Scheduled"] as const, index),
      status,
      time(index),
      status === "Won" ? later(index) : "",
      status === "lost" ? later(index) : "",
      status === "lost" ? "Preis" : "",
      index % 10 === 0 ? "Archived" : "Not archived",
      pick(["Web form", ""] as const, index),
      "a field of the same name"
    ]
  })
)

const peopleText = csv(
  [
    "Person - ID",
    "Person - Name",
    "Person - Owner",
    "Person - Open deals",
    "Person - Won deals",
    "Person - Lost deals",
    "Person - Person created"
  ],
  numbered(50, (index) => [
    String(100 + index),
    `Person ${index}`,
    pick(owners, index),
    String(index % 3),
    String(index % 4 === 0 ? 1 : 0),
    String(index % 2),
    time(index)
  ])
)

const activitiesText = csv(
  [
    "Activity - ID",
    "Activity - Type",
    "Activity - Due date",
    "Activity - Due time",
    "Activity - Duration",
    "Activity - Done",
    "Activity - Marked as done time",
    "Activity - Assigned to user",
    "Activity - Add time",
    "Activity - Contact person ID"
  ],
  numbered(50, (index) => [
    String(900 + index),
    pick(["Call", "Meeting", "Task"] as const, index),
    "2024-07-01",
    pick(["", "09:30"] as const, index),
    pick(["00:15", "01:00"] as const, index),
    pick(["Done", "To do"] as const, index % 5),
    index % 5 % 2 === 0 ? later(index) : "",
    pick(owners, index),
    time(index),
    String(100 + index)
  ])
)

const cents: Record<string, number> = { "1.234,50": 123_450, "99,995": 10_000, "5000": 500_000, "": 0 }
const firstOwner = "Deal - Owner"

/** A parser by header keeps the last of two columns with the same header, so the first column gets another name. */
const deals = () => rowsIn(dealsText.replace(firstOwner, "owner"), ";")

const statusOf = (row: Readonly<Record<string, string>>) => {
  if (row["Person - Won deals"] !== "0") return "client"
  if (row["Person - Open deals"] !== "0") return "potential"
  return row["Person - Lost deals"] === "0" ? "lead" : "unqualified"
}

const isCall = (row: Readonly<Record<string, string>>) =>
  row["Activity - Type"] === "Call" && row["Activity - Done"] === "Done"

export const pipedrive: ExportCase = {
  preset: "pipedrive",
  zone,
  files: {
    "deals-29684860-7.csv": dealsText,
    "people-29684860-8.csv": peopleText,
    "activities-29684860-9.csv": activitiesText,
    "user-ids.csv": "user_id,name\nuser_j,jürgen groß\n"
  },
  expected: () =>
    tallied([
      ...rowsIn(peopleText, ";").map((row) =>
        [`lead ${statusOf(row)} ${row["Person - Person created"]?.slice(0, 7)}`, 1] as const
      ),
      ...deals().filter((row) => row["Deal - Status"] === "Won" && row["Deal - Archive status"] !== "Archived").flatMap(
        (row) => {
          const key = `${user[row["owner"] ?? ""]} ${row["Deal - Won time"]?.slice(0, 7)}`
          return [[`won ${key}`, 1], [`cents ${key}`, cents[row["Deal - Value"] ?? ""] ?? 0]] as const
        }
      ),
      ...rowsIn(activitiesText, ";").filter(isCall).flatMap((row) => [
        ["calls outbound success", 1] as const,
        ["seconds outbound success", row["Activity - Duration"] === "00:15" ? 900 : 3_600] as const
      ]),
      ...rowsIn(activitiesText, ";").filter((row) => row["Activity - Done"] === "Done").map((row) =>
        [
          `done ${user[row["Activity - Assigned to user"] ?? ""]} ${
            row["Activity - Marked as done time"]?.slice(0, 7)
          }`,
          1
        ] as const
      )
    ])
}
