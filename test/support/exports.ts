import type { Tables } from "../../src/metrics/crm.ts"
import { signTestToken, type TestPerson } from "../../src/testing/signTestToken.ts"
import { testHandler } from "../../src/testing/testApp.ts"

/** Requests files from a service in memory. */
export const exportsOver = (tables: Tables, now: Date) => {
  const { dispose, handler } = testHandler({ tables, now })
  const ask = async (person: TestPerson, path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${signTestToken(person)}`, "content-type": "application/json" }
    const response = await handler(
      new Request(`http://exports.test/crm-reports${path}`, {
        ...init,
        headers: { ...headers, ...Object.fromEntries(new Headers(init.headers).entries()) }
      })
    )
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }
  const post = (person: TestPerson, path: string, body: unknown, accept = "application/json") =>
    ask(person, path, { method: "POST", body: JSON.stringify(body), headers: { accept } })
  return { ask, post, dispose }
}
