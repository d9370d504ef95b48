import { Layer } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { Routes } from "../../src/App.ts"
import type { Caller } from "../../src/domain/Caller.ts"
import { signInWith } from "../../src/http/authentication/signInLayer.ts"
import type { Tables } from "../../src/metrics/populations.ts"
import { IdempotencyKeys } from "../../src/services/IdempotencyKeys.ts"
import { Readiness } from "../../src/services/Readiness.ts"
import { ReportRepo } from "../../src/services/ReportRepo.ts"
import { SnapshotRepo } from "../../src/services/SnapshotRepo.ts"
import { holdToContract } from "./contract.ts"
import { settingsFor } from "./ProbeServer.ts"
import { inMemory } from "./TestApp.ts"
import { claims, makeKeyPair, sign } from "./Tokens.ts"

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body where it is JSON. */
  readonly json: Record<string, unknown>
}

export interface WebApp {
  /** Sends the body as it is if it is a text, else as JSON. */
  readonly call: (
    caller: Caller,
    request: string,
    body?: unknown,
    headers?: Record<string, string>
  ) => Promise<Answered>
  readonly close: () => Promise<void>
}

const bodyOf = (body: unknown) => typeof body === "string" ? body : JSON.stringify(body)

/** The whole service in memory, edge and sign-in included, without a socket. `request` is `POST /crm-reports`. */
export const openWebApp = (tables: Tables): WebApp => {
  const key = makeKeyPair()
  const { dispose, handler } = HttpRouter.toWebHandler(
    Routes.pipe(
      Layer.provide([ReportRepo.layerMemory, SnapshotRepo.layerMemory, IdempotencyKeys.layerMemory]),
      Layer.provide(inMemory(tables)),
      Layer.provide(signInWith(settingsFor(key.publicPem))),
      Layer.provideMerge(Readiness.layer),
      Layer.provide(HttpServer.layerServices)
    ),
    { disableLogger: true }
  )
  const tokens = new Map<string, string>()
  const tokenOf = ({ organizationId, role, userId }: Caller) => {
    const name = `${organizationId} ${userId} ${role}`
    const token = tokens.get(name) ?? sign(key, { ...claims(), sub: userId, o: { id: organizationId, rol: role } })
    tokens.set(name, token)
    return token
  }
  return {
    call: async (caller, request, body, headers = {}) => {
      const [method = "", path = ""] = request.split(" ")
      const response = await handler(
        new Request(`http://crm.example${path}`, {
          method,
          headers: {
            authorization: `Bearer ${tokenOf(caller)}`,
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers
          },
          ...(body !== undefined && { body: bodyOf(body) })
        })
      )
      const text = await response.text()
      holdToContract({ method, url: path, status: response.status, headers: response.headers, text })
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== ""
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} }
    },
    close: dispose
  }
}
