import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { AdminsOnly } from "../domain/AdminsOnly.ts"
import { auditKeptFor, AuditList, AuditQuery } from "../domain/Audit.ts"
import { OfferedFormats } from "./middleware.ts"

export const auditFormats = ["csv"] as const

export class AuditGroup extends HttpApiGroup.make("audit").add(
  HttpApiEndpoint.get("list", "/audit", { query: AuditQuery, success: AuditList, error: AdminsOnly })
    .annotate(OfferedFormats, auditFormats).annotateMerge(
      OpenApi.annotations({
        identifier: "listAuditEvents",
        summary: "List who did what and when",
        description:
          `Has each report, snapshot, schedule and subscription that was made, changed, shared, restored or deleted, each key that was made or revoked, each file, and each mail or message that was sent. It never has numbers. Newest first, of the last ${auditKeptFor.days} days. An \`Accept\` header can request all events as a CSV file. Only admins may do this.`
      })
    )
).prefix("/crm-reports").annotateMerge(
  OpenApi.annotations({ title: "Audit", description: "Who did what and when, for admins." })
) {}
