import type { Caller } from "../../src/domain/Caller.ts"
import type { Tables } from "../../src/metrics/crm.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { type TestAppOptions, testHandler } from "../../src/testing/testApp.ts"
import { holdToContract } from "./contract.ts"
import { requestOf } from "./requestOf.ts"

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Contains the body if it is JSON. */
  readonly json: Record<string, unknown>
}

export interface WebApp {
  /** Returns the response before its body was read. */
  readonly send: (
    caller: Caller,
    request: string,
    body?: unknown,
    headers?: Record<string, string>
  ) => Promise<Response>
  /** Sends a text as it is, and any other body as JSON. */
  readonly call: (
    caller: Caller,
    request: string,
    body?: unknown,
    headers?: Record<string, string>
  ) => Promise<Answered>
  readonly close: () => Promise<void>
}

/** Runs the whole service in memory, without a socket. `request` looks like `POST /crm-reports`. */
export const openWebApp = (tables: Tables, options: Omit<TestAppOptions, "tables"> = {}): WebApp => {
  const { dispose, handler } = testHandler({ ...options, tables })
  const tokens = new Map<string, string>()
  const tokenOf = ({ organizationId, role, userId }: Caller) => {
    const name = `${organizationId} ${userId} ${role}`
    const token = tokens.get(name) ?? signTestToken({ organizationId, userId, role })
    tokens.set(name, token)
    return token
  }
  const send: WebApp["send"] = (caller, request, body, headers = {}) =>
    handler(requestOf(tokenOf(caller), request, body, headers))
  return {
    send,
    call: async (caller, request, body, headers = {}) => {
      const [method = "", path = ""] = request.split(" ")
      const response = await send(caller, request, body, headers)
      const text = await response.text()
      holdToContract({
        method,
        url: path,
        status: response.status,
        headers: response.headers,
        text,
        contentType: response.headers.get("content-type") ?? undefined
      })
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== ""
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} }
    },
    close: dispose
  }
}
