import { ConfigProvider, Layer } from "effect"
import type { Caller } from "../../src/domain/Caller.ts"
import { Admission } from "../../src/services/admission/Admission.ts"
import { IdempotencyKeys } from "../../src/services/reports/IdempotencyKeys/IdempotencyKeys.ts"
import { ReportRepo } from "../../src/services/reports/ReportRepo/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/reports/SnapshotRepo/SnapshotRepo.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { noTables } from "../../src/testing/rows.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { holdToContract } from "./contract.ts"
import { handlerOver } from "./handlerOver.ts"
import { requestOf } from "./requestOf.ts"
import { sourcesOver } from "./TestApp.ts"

/** Runs the whole service in memory, with the limits of these settings. */
export const limitedHandler = (env: Record<string, string>) =>
  handlerOver(
    Layer.mergeAll(
      sourcesOver(noTables),
      ReportRepo.layerMemory,
      SnapshotRepo.layerMemory,
      SubscriptionRepo.layerMemory,
      IdempotencyKeys.layerMemory
    ),
    undefined,
    undefined,
    undefined,
    Layer.provide(Admission.layer, ConfigProvider.layer(ConfigProvider.fromEnv({ env })))
  )

export const limitedApp = (env: Record<string, string>) => {
  const { dispose, handler } = limitedHandler(env)
  const call = async (
    { organizationId, role, userId }: Caller,
    request: string,
    body?: unknown,
    headers: Record<string, string> = {}
  ) => {
    const [method = "", path = ""] = request.split(" ")
    const response = await handler(
      requestOf(signTestToken({ organizationId, userId, role }), request, body, headers)
    )
    const text = await response.text()
    const contentType = response.headers.get("content-type") ?? undefined
    holdToContract({ method, url: path, status: response.status, headers: response.headers, text, contentType })
    return { status: response.status, headers: response.headers, text }
  }
  return { call, close: dispose }
}
