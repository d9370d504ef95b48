import { Effect, Schema } from "effect"
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http"
import { text } from "node:stream/consumers"

export const clerkSecret = "sk_live_x"

/** With `shifts`, each page after the first begins one key earlier, as if a key was made meanwhile. */
type Mode = "up" | "shifts" | "hangs" | "not JSON" | 400 | 401 | 429 | 500

interface StoredKey {
  readonly id: string
  readonly secret: string
  readonly view: Record<string, unknown>
  readonly subject: string
  revoked: boolean
  readonly expiration: number | null
}

const Created = Schema.Struct({
  name: Schema.String,
  subject: Schema.String,
  created_by: Schema.optionalKey(Schema.NullOr(Schema.String)),
  scopes: Schema.Array(Schema.String),
  seconds_until_expiration: Schema.optionalKey(Schema.NullOr(Schema.Finite))
})
const created = Schema.decodeUnknownSync(Schema.fromJsonString(Created))
const Verified = Schema.Struct({ secret: Schema.String })
const verified = Schema.decodeUnknownSync(Schema.fromJsonString(Verified))

interface Address {
  readonly address: string
  /** Null if the address has no verification. */
  readonly status: string | null
}

/** Imitates Clerk's endpoints for API keys, memberships, and people. */
const fake = (now: () => number) => {
  const keys: Array<StoredKey> = []
  const roles = new Map<string, string>()
  const people = new Map<string, unknown>()
  const asked: Array<string> = []
  const headersSent: Array<IncomingHttpHeaders> = []
  let mode: Mode = "up"
  let held: Promise<void> | undefined

  const shown = ({ expiration, id, revoked, subject, view }: StoredKey) => ({
    ...view,
    object: "api_key",
    type: "api_key",
    id,
    subject,
    revoked,
    expired: expiration !== null && expiration <= now(),
    expiration
  })
  const isValid = (key: StoredKey) => !key.revoked && (key.expiration === null || key.expiration > now())

  const add = (sent: string) => {
    const { created_by = null, name, scopes, seconds_until_expiration: seconds = null, subject } = created(sent)
    const number = keys.length + 1
    const key = {
      id: `ak_id${number}`,
      secret: `ak_secret_${number}_${crypto.randomUUID()}`,
      subject,
      revoked: false,
      expiration: seconds === null ? null : now() + seconds * 1000,
      view: { name, scopes, created_by, claims: null, created_at: now(), updated_at: now(), last_used_at: null }
    }
    keys.unshift(key)
    return { ...shown(key), secret: key.secret }
  }
  const revoked = (id: string | undefined) => {
    const key = keys.find((one) => one.id === id)
    if (key !== undefined) key.revoked = true
    return key && shown(key)
  }
  const membership = (organization: string, user: string) => {
    const role = roles.get(`${organization} ${user}`)
    const found = { id: "orgmem_1", role, organization: { id: organization }, public_user_data: { user_id: user } }
    return { data: role === undefined ? [] : [found], total_count: role === undefined ? 0 : 1 }
  }
  /** Lists invalid keys too, the oldest first, so that the service cannot rely on Clerk's filter and order. */
  const listed = (query: URLSearchParams) => {
    const found = keys.filter((key) => key.subject === query.get("subject")).toReversed()
    const offset = Number(query.get("offset"))
    const start = mode === "shifts" ? Math.max(0, offset - 1) : offset
    return { data: found.slice(start, start + Number(query.get("limit"))).map(shown), total_count: found.length }
  }
  const found = (key: StoredKey | undefined) => key && shown(key)

  const answer = (method: string, url: URL, body: string): unknown => {
    const [, kind, id, action] = url.pathname.split("/").map(decodeURIComponent)
    if (kind === "v1" && id === "users") return people.get(action ?? "")
    if (kind === "v1") return membership(action ?? "", url.searchParams.get("user_id") ?? "")
    if (kind !== "api_keys") return undefined
    if (method === "POST" && action === "revoke") return revoked(id)
    if (method === "POST" && id === "verify") {
      const { secret } = verified(body)
      return found(keys.find((key) => key.secret === secret && isValid(key)))
    }
    if (method === "POST") return add(body)
    return id === undefined ? listed(url.searchParams) : found(keys.find((key) => key.id === id))
  }

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    const { headers, method = "", url = "" } = request
    asked.push(`${method} ${url}`)
    headersSent.push(headers)
    await held
    const reply = (status: number, json: unknown) =>
      response.writeHead(status, { "content-type": "application/json", ...(status === 429 && { "retry-after": "20" }) })
        .end(JSON.stringify(json))
    if (mode === "hangs") return
    if (mode === "not JSON") return void response.writeHead(200).end("<html>")
    if (mode !== "up" && mode !== "shifts") return void reply(mode, { errors: [{ code: "no", message: "no" }] })
    if (headers.authorization !== `Bearer ${clerkSecret}`) return void reply(401, { errors: [] })
    const result = answer(method, new URL(url, "http://clerk.example"), body)
    return void (result === undefined ? reply(404, { errors: [{ code: "not_found" }] }) : reply(200, result))
  }

  return {
    serve,
    asked,
    headersSent,
    become: (next: Mode) => void (mode = next),
    /** No request is answered, and no key is made, before the returned function is called. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return resolve
    },
    /** If `role` is undefined, the person is no longer a member. */
    setRole: (organization: string, user: string, role: string | undefined) =>
      void (role === undefined
        ? roles.delete(`${organization} ${user}`)
        : roles.set(`${organization} ${user}`, `org:${role}`)),
    /** `primary` is the index of the primary address. */
    setAddresses: (user: string, addresses: ReadonlyArray<Address>, primary: number | null = 0) =>
      void people.set(user, {
        id: user,
        object: "user",
        primary_email_address_id: primary === null ? null : `idn_${primary}`,
        email_addresses: addresses.map(({ address, status }, index) => ({
          id: `idn_${index}`,
          object: "email_address",
          email_address: address,
          verification: status === null ? null : { status, strategy: "email_code", attempts: 1, expire_at: now() }
        }))
      })
  }
}

export const fakeClerk = (now: () => number = Date.now) =>
  Effect.acquireRelease(
    Effect.callback<ReturnType<typeof fake> & { readonly apiUrl: string; readonly close: () => void }>((resume) => {
      const clerk = fake(now)
      // On a busy machine, a request could reach a connection that the server is about to close.
      const server = createServer({ keepAliveTimeout: 0 }, (request, response) => void clerk.serve(request, response))
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = typeof address === "object" ? address?.port : undefined
        const close = () => {
          server.closeAllConnections()
          server.close()
        }
        resume(Effect.succeed({ ...clerk, apiUrl: `http://127.0.0.1:${port}`, close }))
      })
    }),
    ({ close }) => Effect.sync(close)
  )
