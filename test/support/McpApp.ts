import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"
import type { Caller } from "../../src/domain/Caller.ts"
import { signTestToken } from "../../src/testing/signTestToken.ts"
import { testHandler } from "../../src/testing/testApp.ts"

export interface ToolAnswer {
  readonly isError: boolean
  readonly json: Record<string, unknown>
  /** Counts the bytes of the text and of the structured content. */
  readonly bytes: number
}

/** Runs the service in memory, and calls it with the official MCP client. */
export const openMcpApp = (options: Parameters<typeof testHandler>[0]) => mcpAppOver(testHandler(options))

export const mcpAppOver = ({ dispose, handler }: ReturnType<typeof testHandler>) => {
  const clients: Array<Client> = []

  const tokenOf = ({ organizationId, role, userId }: Caller) => signTestToken({ organizationId, role, userId })
  const connect = async (token: string) => {
    const client = new Client({ name: "test", version: "1" })
    const fetched = (url: string | URL, init?: RequestInit) => handler(new Request(url, init))
    const transport = new StreamableHTTPClientTransport(new URL("http://crm.example/mcp"), {
      fetch: fetched,
      requestInit: { headers: { authorization: `Bearer ${token}` } }
    })
    // `client.connect(transport)` does not compile, because the client's optional properties also allow `undefined`.
    await Reflect.apply(client.connect, client, [transport])
    clients.push(client)
    return client
  }
  const call = async (client: Client, name: string, args: Record<string, unknown>): Promise<ToolAnswer> => {
    const { content, isError, structuredContent } = await client.callTool({ name, arguments: args })
    const [first] = Array.isArray(content) ? content : []
    const text = String(first?.text ?? "{}")
    return {
      isError: isError === true,
      json: isError === true ? { message: text } : JSON.parse(text),
      bytes: Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(structuredContent ?? ""))
    }
  }
  const ask = (token: string | undefined, body: unknown, headers: Record<string, string> = {}, method = "POST") =>
    handler(
      new Request("http://crm.example/mcp", {
        method,
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...headers
        },
        ...(body !== undefined && { body: JSON.stringify(body) })
      })
    )
  const post = async (caller: Caller, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { authorization: `Bearer ${tokenOf(caller)}`, "content-type": "application/json" }
    const response = await handler(
      new Request(`http://crm.example/crm-reports${path}`, { method: "POST", headers, body: JSON.stringify(body) })
    )
    return JSON.parse(await response.text())
  }
  const close = async () => {
    await Promise.all(clients.map((client) => client.close()))
    await dispose()
  }
  return { as: (caller: Caller) => connect(tokenOf(caller)), ask, call, close, connect, post, tokenOf }
}
