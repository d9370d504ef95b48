import { everyTable, type Files } from "./csv.ts"

interface FileCase {
  readonly name: string
  readonly files: Files
  /** The output must be this line. */
  readonly line: string
}

const fault = (name: string, files: Files, line: string): FileCase => ({ name, files, line })

const names = "organizations, members, tags, leads, lead_status_spells, deals, deal_shares, tasks, calls, emails"
const noTable = `no table has this name; a file is named TABLE.csv or TABLE.csv.gz, with a table of ${names}`

const leadsWith = (...rows: ReadonlyArray<string>): Files => ({
  "organizations.csv": everyTable["organizations.csv"],
  "leads.csv": ["organization_id,lead_id,status,created_at", ...rows]
})

const crlf = [
  "organization_id,tag_id,name,color",
  "org_a,00000000-0000-4000-8000-000000000001,\"a\r\nb\",red",
  "",
  "org_a,hot,y,red"
].join("\r\n")

const tagHeader = "organization_id,tag_id,name,color\n"

const notUtf8 =
  "this is not text in UTF-8: save the file as UTF-8, or name its encoding, such as --encoding windows-1252"

/** These files are refused as a whole. */
export const fileCases: ReadonlyArray<FileCase> = [
  fault("a file whose name is no table", { "lead.csv": "" }, `FOLDER/lead.csv: ${noTable}`),
  fault("an .xlsx file", { "leads.xlsx": "" }, `FOLDER/leads.xlsx: ${noTable}`),
  fault("an empty folder", {}, "FOLDER: the folder is empty"),
  fault("a folder that is named like a CSV file", { "leads.csv/x": "" }, "FOLDER/leads.csv: this is not a file"),
  fault("an empty file", { "leads.csv": "" }, "FOLDER/leads.csv: the file is empty: its first line names the columns"),
  fault(
    "two files of one table",
    { "tags.csv": "organization_id,tag_id,name,color", "tags.csv.gz": "" },
    "FOLDER/tags.csv.gz: there are two files of tags"
  ),
  fault(
    "a .gz file that is not gzip",
    { "tags.csv.gz": Buffer.from("plain") },
    "FOLDER/tags.csv.gz: this is not a sound gzip file"
  ),
  fault(
    "a gzip file that ends too early",
    { "tags.csv.gz": Buffer.from("H4sIAAAAAAAAA8tMzy/KTFHgAgCz", "base64") },
    "FOLDER/tags.csv.gz: this gzip file ends too early"
  ),
  fault("text that is not UTF-8", { "tags.csv": Buffer.from([0x61, 0xff, 0x0a]) }, `FOLDER/tags.csv:1: ${notUtf8}`),
  fault(
    "a character in Latin-1 after characters in UTF-8",
    {
      "tags.csv": Buffer.concat([
        Buffer.from("organization_id,tag_id,name,color\n\nÄ€😀\n"),
        Buffer.from("Caf\xe9\n", "latin1")
      ])
    },
    `FOLDER/tags.csv:4: ${notUtf8}`
  ),
  ...[65_535, 65_536, 65_537].map((bytes) =>
    fault(
      `a character in Latin-1 at byte ${bytes}, where a part of the file ends`,
      {
        "tags.csv": Buffer.concat([
          Buffer.from(tagHeader + "\n".repeat(bytes - tagHeader.length)),
          Buffer.from("\xe9\nb\nc\n", "latin1")
        ])
      },
      `FOLDER/tags.csv:${bytes - tagHeader.length + 2}: ${notUtf8}`
    )
  ),
  fault(
    "a character of UTF-8 that the end of the file cuts",
    { "tags.csv": Buffer.from([0x61, 0x0a, 0xe2, 0x82]) },
    `FOLDER/tags.csv:2: ${notUtf8}`
  )
]

const L = "2024-01-01T00:00:00Z"

/** These headers and rows are refused. */
export const rowCases: ReadonlyArray<FileCase> = [
  fault(
    "an unknown column",
    { "tags.csv": "organization_id,tag_id,name,color,colour" },
    "FOLDER/tags.csv:1 \"colour\": tags has no such column"
  ),
  fault(
    "a column that occurs twice",
    { "tags.csv": "organization_id,tag_id,name,color,name" },
    "FOLDER/tags.csv:1 name: this column comes twice"
  ),
  fault(
    "a missing column",
    { "tags.csv": "tag_id,organization_id,name" },
    "FOLDER/tags.csv:1 color: this column is missing"
  ),
  fault("a row with one value too few", leadsWith("org_a,l1,lead"), "FOLDER/leads.csv:2: 3 values for 4 columns"),
  fault(
    "a row with one value too many",
    leadsWith(`org_a,l1,lead,${L},`),
    "FOLDER/leads.csv:2: 5 values for 4 columns"
  ),
  fault(
    "a quote that is never closed",
    leadsWith(`org_a,"l\n1",lead,${L}`, `org_a,"l2,lead,${L}`, "org_a,l3"),
    "FOLDER/leads.csv:4: a quote is opened here and never closed"
  ),
  fault(
    "a quote in the middle of a value",
    leadsWith(`org_a,l"1,lead,${L}`),
    "FOLDER/leads.csv:2: a quote stands in the middle of a value"
  ),
  fault(
    "text after the closing quote of a value",
    leadsWith(`org_a,"l"1,lead,${L}`),
    "FOLDER/leads.csv:2: a quote ends before its value does"
  ),
  fault(
    "a primary key that occurs twice",
    leadsWith(`org_a,l1,lead,${L}`, `org_a,l2,lead,${L}`, `org_a,l1,client,${L}`),
    "FOLDER/leads.csv:4: the same organization_id, lead_id as in line 2"
  ),
  fault(
    "a row of an unknown organization",
    leadsWith(`org_a,l1,lead,${L}`, `org_b,l1,lead,${L}`),
    "FOLDER/leads.csv:3 organization_id: \"org_b\" is in no organizations file and not in the database"
  ),
  fault(
    "a fault after quoted line ends and empty lines",
    { "organizations.csv": everyTable["organizations.csv"], "tags.csv": crlf },
    "FOLDER/tags.csv:5 tag_id: \"hot\" is not a uuid"
  ),
  fault(
    "a fault in line 5002",
    leadsWith(...Array.from({ length: 5_000 }, (_, index) => `org_a,l${index},lead,${L}`), "org_a,z,lead,soon"),
    "FOLDER/leads.csv:5002 created_at: \"soon\" is not a time such as 2024-02-29T10:00:00Z or a date such as 2024-02-29"
  )
]

const letters = Array.from({ length: 240 }, () => "a").join("|")
const crowd = Array.from({ length: 60 }, (_, index) => `user_${"x".repeat(27)}${index}`).join("|")

type ValueCase = readonly [
  file: keyof typeof everyTable,
  column: string,
  value: string,
  reason: string,
  shown?: string
]

const time = "is not a time such as 2024-02-29T10:00:00Z or a date such as 2024-02-29"
const amount = "is not an amount with at most 14 digits before and 2 after the point"
const percentage = "is not a percentage with at most 5 digits before and 4 after the point"
const kept = "is reserved"

/** Each value is refused in a row that is otherwise valid. */
export const valueCases: ReadonlyArray<ValueCase> = [
  ["leads.csv", "status", "", "must not be empty", ""],
  ["leads.csv", "created_at", "2024-01-01T00:00:00", time],
  ["leads.csv", "created_at", "2023-02-29T00:00:00Z", time],
  ["leads.csv", "first_call_at", "01/02/2024", time],
  ["leads.csv", "first_call_at", "2024-02-30", time],
  ["leads.csv", "created_at", "2024-07-03 02:21:00", time],
  ["leads.csv", "created_at", "infinity", time],
  ["leads.csv", "status", "\\N", "must not be empty", ""],
  ["leads.csv", "assignee_ids", "{a,NULL}", "has an empty entry"],
  ["leads.csv", "assignee_ids", "{a,\"bucket\"}", kept, "\"{a,\\\"bucket\\\"}\" "],
  ["leads.csv", "assignee_ids", "a||b", "has an empty entry"],
  ["leads.csv", "assignee_ids", "a|bucket", kept],
  ["leads.csv", "assignee_ids", crowd, "has too many people", `"${crowd.slice(0, 60)}…" `],
  ["leads.csv", "assignee_ids", letters, "has too many people", `"${letters.slice(0, 60)}…" `],
  ["leads.csv", "lead_id", "é".repeat(51), "has more than 100 bytes"],
  ["deals.csv", "deal_id", "é".repeat(51), "has more than 100 bytes"],
  ["leads.csv", "tag_ids", "hot", "is not a uuid"],
  ["leads.csv", "owner_id", "~none", kept],
  ["leads.csv", "status", " ~x", kept],
  ["leads.csv", "source", "__proto__ ", kept],
  ["leads.csv", "lead_id", "a\u0000", "must not contain NUL characters or unpaired surrogates", "\"a\\u0000\" "],
  ["leads.csv", "status", "é".repeat(33), "has more than 64 bytes"],
  ["leads.csv", "owner_id", "é".repeat(51), "has more than 100 bytes"],
  ["deals.csv", "status", "Won", "is not open, won or lost"],
  ["deals.csv", "lost_reason", "partial", kept],
  ["deals.csv", "price", "1.005", amount],
  ["deals.csv", "price", "100000000000000", amount],
  ["deals.csv", "price", "1,50", amount],
  ["deals.csv", "price", "1e3", amount],
  ["deals.csv", "commission_percent", "3.12345", percentage],
  ["deals.csv", "currency", "eur", "is not a currency of three capital letters"],
  ["organizations.csv", "time_zone", "Europe/Atlantis", "is not a time zone such as Europe/Madrid"],
  ["organizations.csv", "week_start", "8", "is not a weekday from 1 (Monday) to 7"],
  ["calls.csv", "duration_seconds", "-1", "is negative"],
  ["calls.csv", "duration_seconds", "2147483648", "is not a whole number"]
]
