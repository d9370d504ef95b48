import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Api } from "../api/Api.ts"
import { auditFormats } from "../api/Audit.ts"
import { Credential } from "../api/Authentication.ts"
import { CurrentCaller } from "../domain/Caller.ts"
import { Admission } from "../services/admission/Admission.ts"
import { auditFile } from "../services/export/auditFile.ts"
import { AuditLog } from "../services/reports/AuditLog/AuditLog.ts"
import { acceptedFormatOf, fileStream } from "./negotiation.ts"

export const AuditHandlers = HttpApiBuilder.group(
  Api,
  "audit",
  Effect.fnUntraced(function*(handlers) {
    const admission = yield* Admission
    const log = yield* AuditLog
    return handlers.handleAll({
      list: Effect.fnUntraced(function*({ query }) {
        const caller = yield* CurrentCaller
        const format = yield* acceptedFormatOf(auditFormats)
        if (format === undefined) {
          return yield* admission.withPlace("reads", caller.organizationId)(log.list(caller, query))
        }
        const { check, expiresAt } = yield* Credential
        return yield* fileStream(
          yield* auditFile(log, { caller, check, expiresAt: expiresAt() }, query),
          "audit",
          format
        )
      })
    })
  })
)
