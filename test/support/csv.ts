import { Effect } from "effect"
import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { temporaryFolder } from "./folder.ts"

export interface Files {
  readonly [name: string]: ReadonlyArray<string> | string | Buffer
}

const bytesOf = (name: string, content: Files[string]): Buffer | string => {
  if (Buffer.isBuffer(content)) return content
  const text = typeof content === "string" ? content : `${content.join("\n")}\n`
  return name.endsWith(".gz") ? gzipSync(text) : text
}

/** Writes the files to a folder. Compresses files whose names end with `.gz`, and joins lists of lines. */
export const folderOf = (files: Files) =>
  Effect.tap(
    temporaryFolder,
    (folder) =>
      Effect.forEach(Object.entries(files), ([name, content]) =>
        Effect.promise(async () => {
          const path = join(folder, name)
          await mkdir(dirname(path), { recursive: true })
          await writeFile(path, bytesOf(name, content))
        }), { discard: true })
  )

/** These files are valid. There is one for every table. */
export const everyTable = {
  "organizations.csv": ["organization_id,name,time_zone,week_start,currency", "org_a,Acme,Europe/Madrid,1,EUR"],
  "members.csv.gz": [
    "organization_id,user_id,name,left_at",
    "org_a,user_1,Ana,",
    "org_a,user_2,Bo,2024-01-31T00:00:00Z"
  ],
  "tags.csv": [
    "organization_id,tag_id,name,color,archived_at",
    "org_a,00000000-0000-4000-8000-00000000000A,Hot,red,"
  ],
  "leads.csv": [
    "organization_id,lead_id,owner_id,assignee_ids,tag_ids,lead_type,source,status,created_at,first_call_at",
    "org_a,l1,user_1,user_1|user_2,00000000-0000-4000-8000-00000000000a,buyer,web,lead,2024-01-01T10:00:00.123Z,",
    "org_a,l2,,,,,,on_hold,2024-01-01T10:00:00+02:00,2023-12-31T00:00:00Z"
  ],
  "lead_status_spells.csv": [
    "organization_id,lead_id,status,started_at,ended_at",
    "org_a,l1,lead,2024-01-01T10:00:00Z,"
  ],
  "deals.csv": [
    "organization_id,deal_id,lead_id,owner_id,stage,status,lost_reason,price,currency,commission_mode,commission_percent,created_at,closed_at",
    "org_a,d1,l1,user_1,offer,won,,-0.05,EUR,percent,3.1234,2024-01-02T00:00:00Z,2024-01-01T00:00:00Z",
    "org_a,d2,,,offer,lost,Too far,99999999999999.99,USD,,,2024-01-02T00:00:00Z,"
  ],
  "deal_shares.csv": [
    "organization_id,deal_id,share_id,party,user_id,name,mode,percent,amount",
    "org_a,d1,s1,agent,user_1,Ana,percent,12.5,"
  ],
  "tasks.csv": ["organization_id,task_id,created_at,due_at", "org_a,t1,2024-01-01T00:00:00Z,2024-01-02T00:00:00Z"],
  "calls.csv": [
    "organization_id,call_id,direction,outcome,duration_seconds,started_at",
    "org_a,c1,outbound,success,60,2024-01-01T00:00:00Z"
  ],
  "emails.csv": ["organization_id,email_id,direction,sent_at", "org_a,e1,inbound,2024-01-01T00:00:00Z"]
}

/** Changes one value in the first row of a table. */
export const withValue = (file: keyof typeof everyTable, column: string, value: string): Files => {
  const [header = "", first = "", ...others] = everyTable[file]
  const place = header.split(",").indexOf(column)
  const changed = first.split(",").with(place, `"${value.replaceAll("\"", "\"\"")}"`)
  return { ...everyTable, [file]: [header, changed.join(","), ...others] }
}
