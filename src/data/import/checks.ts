import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { isZone, parseDate, startOfDay } from "../../domain/Calendar.ts"
import type { Field } from "../../metrics/Table.ts"
import { keyFields } from "../writeTables.ts"
import type { Fault } from "./ImportRefused.ts"
import type { Row } from "./rows.ts"
import type { Source } from "./Source.ts"

/** A JavaScript `Map` fails above 2 ** 24 entries, so there are several maps. */
const mostInAMap = 2 ** 23

type Place = Pick<Source, "path" | "table">

export const unknownOrganization = (place: string, organizationId: string): Fault => {
  const kind = "is in no organizations file and not in the database"
  return { place, reason: `${JSON.stringify(organizationId)} ${kind}`, kind }
}

export const uniqueIn = ({ path, table }: Place, most = mostInAMap) => {
  let lines = new Map<string, number>()
  const maps = [lines]
  const keys = keyFields(table)
  return ({ cells, line }: Row): Fault | undefined => {
    const key = keys.map(({ name }) => String(cells[name])).join("\u0000")
    const earlier = maps.find((map) => map.has(key))?.get(key)
    if (earlier === undefined) {
      if (lines.size === most) maps.push(lines = new Map())
      lines.set(key, line)
      return undefined
    }
    const columns = keys.map(({ column }) => column).join(", ")
    const kind = `the same ${columns} as in line`
    return { place: `${path}:${line}`, reason: `${kind} ${earlier}`, kind }
  }
}

type Zones = Map<string, string>

export interface Organizations {
  readonly zones: Zones
  /** Organizations that are in no file and not in the database. */
  readonly unknown: Set<string>
}

export const learnZones = Effect.fnUntraced(function*(
  { path, table }: Place,
  { unknown, zones }: Organizations,
  rows: ReadonlyArray<Row>
) {
  const sql = yield* SqlClient.SqlClient
  const isOrganizations = table.name === "organizations"
  const faults: Array<Fault> = []
  for (const { cells, line } of rows) {
    const organizationId = String(cells["organizationId"])
    const place = `${path}:${line} organization_id`
    const given = isOrganizations ? cells["timeZone"] : undefined
    if (given === undefined && zones.has(organizationId)) continue
    const [found] = unknown.has(organizationId)
      ? []
      : yield* sql`SELECT time_zone FROM crm.organizations WHERE organization_id = ${organizationId}`
    if (!isOrganizations && found === undefined) {
      unknown.add(organizationId)
      faults.push(unknownOrganization(place, organizationId))
      continue
    }
    const zone = String(given ?? found?.["time_zone"] ?? "UTC")
    zones.set(organizationId, isZone(zone) ? zone : "UTC")
    if (!isZone(zone)) {
      faults.push({
        place,
        reason: `the database has the unknown time zone ${JSON.stringify(zone)}: correct it in crm.organizations`
      })
    }
  }
  return faults
})

/** A date becomes the start of that day in the organization's time zone. */
export const withInstants = (fields: ReadonlyArray<Field>, zones: Zones) => {
  const times = fields.filter(({ kind }) => kind === "instant")
  return (row: Row): Row => {
    const dates = times.flatMap(({ name }) => {
      const day = parseDate(String(row.cells[name]))
      return day === undefined ? [] : [[name, day] as const]
    })
    if (dates.length === 0) return row
    const zone = zones.get(String(row.cells["organizationId"])) ?? "UTC"
    const instants = Object.fromEntries(dates.map(([name, day]) => [name, startOfDay(zone, day)]))
    return { ...row, cells: { ...row.cells, ...instants } }
  }
}
