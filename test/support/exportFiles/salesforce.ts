import { type ExportCase, monthIn, numbered, pick, quotedLine, rowsIn, tallied, two } from "./countedExport.ts"

const zone = "America/New_York"
const none = "000000000000000AAA"
const userIds = ["005000000000001AAA", "005000000000002AAA", "00G000000000009AAA"] as const
const owner: Record<string, string> = {
  [userIds[0]]: "user_jose",
  [userIds[1]]: "crm:mei@example.com",
  [userIds[2]]: `crm:${userIds[2].toLowerCase()}`
}

const time = (index: number) =>
  `2024-${two(1 + index % 3)}-${pick(["01 03:59:59", "01 05:00:00", "15 12:00:00"] as const, index)}`
const day = (index: number) =>
  `${pick(["2024-01-01", "2024-01-31", "2024-03-01", "2024-03-31"] as const, index)} 00:00:00`
const id = (kind: string, index: number) => `${kind}0000000000${String(index).padStart(2, "0")}AAA`

const csv = (header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>) =>
  [header, ...rows].map((values) => `${quotedLine(values)}\n`).join("")

const leadText = csv(
  [
    "Id",
    "IsDeleted",
    "FirstName",
    "LeadSource",
    "Status",
    "OwnerId",
    "IsConverted",
    "ConvertedOpportunityId",
    "CreatedDate"
  ],
  numbered(50, (index) => [
    id("00Q", index),
    index % 10 === 9 ? "1" : "0",
    "Jos\u00e9",
    pick(["Web", "Teléfono", ""] as const, index),
    pick(
      ["Open - Not Contacted", "Working - Contacted", "Nurturing", "Closed - Not Converted", "Reciclado"] as const,
      index
    ),
    pick(userIds, index),
    index % 4 === 0 ? "1" : "0",
    index % 4 === 0 ? id("006", index) : none,
    time(index)
  ])
)

const opportunityText = csv(
  [
    "Id",
    "IsDeleted",
    "StageName",
    "Amount",
    "CloseDate",
    "IsClosed",
    "IsWon",
    "OwnerId",
    "CurrencyIsoCode",
    "CreatedDate",
    "LossReason__c"
  ],
  numbered(50, (index) => [
    id("006", index),
    index % 12 === 11 ? "1" : "0",
    pick(["Closed Won", "Cerrada", "Prospecting"] as const, index),
    index % 6 === 5 ? "" : `${index * 100}.225`,
    day(index),
    index % 3 === 2 ? "0" : "1",
    index % 3 === 0 ? "1" : "0",
    pick(userIds, index),
    "USD",
    time(index),
    index % 3 === 1 ? "Precio" : ""
  ])
)

const taskText = csv(
  [
    "Id",
    "WhoId",
    "Subject",
    "ActivityDate",
    "Status",
    "OwnerId",
    "IsDeleted",
    "IsClosed",
    "CreatedDate",
    "CallDurationInSeconds",
    "CallType",
    "CallDisposition",
    "CompletedDateTime"
  ],
  numbered(50, (index) => {
    const isCall = index % 2 === 0
    return [
      id("00T", index),
      id(pick(["00Q", "003"] as const, index), index),
      "Über \"Angebot\"",
      day(index),
      "Completed",
      pick(userIds, index),
      "0",
      index % 3 === 0 ? "1" : "0",
      time(index),
      isCall ? String(index * 3) : "",
      isCall ? pick(["Outbound", "Inbound"] as const, index / 2) : "",
      isCall ? pick(["Connected", "No answer", ""] as const, index / 2) : "",
      index % 3 === 0 ? time(index + 1) : ""
    ]
  })
)

const historyText = csv(
  ["Id", "LeadId", "CreatedDate", "Field", "OldValue", "NewValue"],
  [
    ["017A", id("00Q", 1), "2024-06-02 10:00:00", "Status", "Working - Contacted", "Nurturing"],
    ["017B", id("00Q", 1), "2024-06-01 10:00:00", "Status", "Open - Not Contacted", "Working - Contacted"],
    ["017C", id("00Q", 1), "2024-06-01 11:00:00", "Owner", "a", "b"]
  ]
)

const usersText = csv(["Id", "FirstName", "LastName", "Email", "UserType"], [
  [userIds[0], "José", "Peña", "jose@example.com", "Standard"],
  [userIds[1], "Mei", "Lin", "mei@example.com", "Standard"],
  ["005000000000003AAA", "Automated", "Process", "auto@example.com", "AutomatedProcess"]
])

const statuses: Record<string, string> = {
  "Open - Not Contacted": "lead",
  "Working - Contacted": "potential",
  Nurturing: "bad_timing",
  "Closed - Not Converted": "unqualified"
}

const utc = (text = "") => `${text.replace(" ", "T")}Z`
const latin1 = (text: string) => Buffer.from(text, "latin1")
const outcomes: Record<string, string> = { Connected: "success", "No answer": "no_answer", "": "success" }

export const salesforce: ExportCase = {
  preset: "salesforce",
  zone,
  files: {
    "Lead.csv": latin1(leadText),
    "Opportunity.csv": latin1(opportunityText),
    "Task.csv": latin1(taskText),
    "LeadHistory.csv": latin1(historyText),
    "User.csv": latin1(usersText),
    "user-ids.csv": "email,user_id\nJose@Example.com,user_jose\n"
  },
  expected: () =>
    tallied([
      ...rowsIn(leadText).filter((row) => row["IsDeleted"] === "0").map((row) => {
        const status = row["IsConverted"] === "1" ? "client" : statuses[row["Status"] ?? ""] ?? row["Status"]
        return [`lead ${status} ${monthIn(zone, utc(row["CreatedDate"]))}`, 1] as const
      }),
      ...rowsIn(opportunityText).filter((row) => row["IsDeleted"] === "0" && row["IsWon"] === "1").flatMap((row) => {
        const key = `${owner[row["OwnerId"] ?? ""]} ${row["CloseDate"]?.slice(0, 7)}`
        const [whole = "0"] = (row["Amount"] || "0").split(".")
        return [[`won ${key}`, 1], [`cents ${key}`, row["Amount"] === "" ? 0 : Number(whole) * 100 + 23]] as const
      }),
      ...rowsIn(taskText).filter((row) => row["CallType"] !== "").flatMap((row) => {
        const key = `${row["CallType"]?.toLowerCase()} ${outcomes[row["CallDisposition"] ?? ""]}`
        return [[`calls ${key}`, 1], [`seconds ${key}`, Number(row["CallDurationInSeconds"])]] as const
      }),
      ...rowsIn(taskText).filter((row) => row["CallType"] === "" && row["IsClosed"] === "1").map((row) =>
        [`done ${owner[row["OwnerId"] ?? ""]} ${monthIn(zone, utc(row["CompletedDateTime"]))}`, 1] as const
      )
    ])
}
