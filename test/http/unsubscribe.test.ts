import { afterAll, assert, beforeEach, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { OrgId, SubscriptionId, UserId } from "../../src/domain/Ids.ts"
import { pathOf } from "../../src/http/middleware/pipeline.ts"
import { unsubscribeLink } from "../../src/services/deliveries/unsubscribeLink.ts"
import { SubscriptionRepo } from "../../src/services/reports/SubscriptionRepo/SubscriptionRepo.ts"
import { handlerOver } from "../support/handlerOver.ts"
import { idle } from "../support/idle.ts"

const key = Buffer.alloc(32, 7).toString("base64url")
const addressee = {
  organizationId: OrgId.make("org"),
  subscriptionId: SubscriptionId.make("6f6b1d3e-6f7f-4a39-9a7c-1c9d5f1f2f10"),
  userId: UserId.make("user/ana ü")
}
const link = unsubscribeLink("http://reports.test", key, addressee)

let ended: Array<unknown> = []
beforeEach(() => {
  ended = []
})

const service = handlerOver(Layer.merge(
  idle,
  Layer.mock(SubscriptionRepo, {
    link: (organizationId, id) =>
      Effect.succeed(
        organizationId === "org" && id === addressee.subscriptionId ? { linkKey: key, locale: "de-AT" } : undefined
      ),
    end: (one) =>
      Effect.sync(() => {
        ended.push(one)
        return undefined
      })
  })
))
afterAll(() => service.dispose())

const ask = async (url: string, init: RequestInit = {}) => {
  const response = await service.handler(new Request(url, init))
  return { status: response.status, headers: response.headers, text: await response.text() }
}

it.each(["GET", "HEAD"])("%s of a link that ends mails changes nothing", async (method) => {
  const { headers, status, text } = await ask(link, { method })
  assert.strictEqual(status, 200)
  if (method === "GET") assert.include(text, "<form method=\"post\">")
  assert.match(String(headers.get("content-security-policy")), /default-src 'none'.*form-action 'self'/)
  assert.strictEqual(headers.get("referrer-policy"), "no-referrer")
  assert.deepStrictEqual(ended, [])
})

it.each([
  (path: string) => path,
  (path: string) => path.replace("/unsubscribe/", "/UnSubscribe/"),
  (path: string) => path.replace("/unsubscribe/", "//unsubscribe//"),
  (path: string) => path.replace("/unsubscribe/", "/%75nsu%42scrib%65/")
])("the log has no signature of a link that the router accepts (%#)", async (change) => {
  const { origin, pathname } = new URL(link)
  const path = change(pathname)
  assert.strictEqual((await ask(`${origin}${path}`)).status, 200)
  assert.strictEqual(pathOf(path), "/unsubscribe/")
})

it("the log has the path of another request, without its query", () => {
  assert.strictEqual(pathOf("/crm-reports/unsubscribe/a?b=c"), "/crm-reports/unsubscribe/a")
  assert.strictEqual(pathOf("/unsubscribed/a"), "/unsubscribed/a")
})

const oneClick = new URLSearchParams({ "List-Unsubscribe": "One-Click" })
const form = new FormData()
form.set("List-Unsubscribe", "One-Click")

it.each([["urlencoded", oneClick], ["multipart", form], ["none", undefined]] as const)(
  "POST ends the mails without sign-in, with a body that is %s, also a second time",
  async (_name, body) => {
    const post = () => ask(link, { method: "POST", ...(body !== undefined && { body }) })
    assert.deepStrictEqual([(await post()).status, (await post()).status], [200, 200])
    assert.deepStrictEqual(ended, [addressee, addressee])
  }
)

it("the page of a link is in the language of the mails, and that of a wrong link in the language of the browser", async () => {
  const headers = { "accept-language": "es-MX, de;q=0.5" }
  const texts = [ask(link, { headers }), ask(link, { headers, method: "POST" }), ask(`${link}A`, { headers })]
  const [question, done, invalid] = (await Promise.all(texts)).map(({ text }) => text)
  assert.include(question, "<html lang=\"de\">")
  assert.include(question, "<button>Diese E-Mails beenden</button>")
  assert.include(done, "Sie bekommen keine E-Mails dieses Berichts mehr.")
  assert.include(invalid, "<html lang=\"es\">")
  assert.include(invalid, "Este enlace no es válido")
})

const parts = link.split("/")
const encoded = (text: string) => Buffer.from(text).toString("base64url")
const other = "6f6b1d3e-6f7f-4a39-9a7c-1c9d5f1f2f11"

it.each([
  ["the signature of another person", parts.with(6, encoded("eve")).join("/"), 404],
  ["the signature of another organization", parts.with(4, encoded("other")).join("/"), 404],
  ["the signature of another subscription", parts.with(5, other).join("/"), 404],
  ["a changed signature", `${link.slice(0, -4)}AAAA`, 404],
  ["a shorter signature", link.slice(0, -6), 404],
  ["an id that is no UUID", parts.with(5, "1").join("/"), 404],
  ["a name with NUL", parts.with(6, encoded("\u0000")).join("/"), 404],
  ["no signature", parts.slice(0, -1).join("/"), 404]
])("a link with %s ends nothing", async (_name, url, outcome) => {
  const answers = await Promise.all(["GET", "POST"].map((method) => ask(url, { method })))
  assert.deepStrictEqual(answers.map(({ status }) => status), [outcome, outcome])
  assert.deepStrictEqual(ended, [])
})

it("another method than GET and POST gets 405", async () => {
  const { headers, status } = await ask(link, { method: "PUT" })
  assert.strictEqual(status, 405)
  assert.strictEqual(headers.get("allow"), "GET, HEAD, POST, OPTIONS")
})
