import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect } from "effect"
import { mailSettings } from "../../../src/services/deliveries/mailSettings.ts"
import { faultOfUrl, isLoopback, isPublic } from "../../../src/services/deliveries/postUrl.ts"
import { hostileUrls, letterTo, local, names, notPublic, post } from "../../support/posting.ts"
import { webhookServer } from "../../support/webhookServer.ts"

describe("urls", () => {
  it.each(notPublic)("%j is no address on the internet", (address) => assert.isFalse(isPublic(address)))

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "168.63.129.15",
    "172.32.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450::1"
  ])(
    "%s is an address on the internet, and not of this machine",
    (address) => assert.deepStrictEqual([isPublic(address), isLoopback(address)], [true, false])
  )

  it.each(hostileUrls)("%j is refused", (url) => {
    for (const channel of ["webhook", "slack"] as const) assert.isDefined(faultOfUrl(channel, url, false))
  })

  it.live.each(hostileUrls)(
    "a message to %j reaches nobody, and looks up no name",
    (url) =>
      Effect.gen(function*() {
        const { asked, lookUp } = names({})
        let isHanded = false
        const hand = Effect.sync(() => isHanded = true)
        assert.strictEqual(yield* post(letterTo(url, hand), { lookUp }), "refused")
        assert.deepStrictEqual([asked, isHanded], [[], false])
      })
  )

  it.each(
    [
      ["webhook", "https://example.com/hook?key=1", true],
      ["webhook", "https://example.com:8443/", true],
      ["webhook", "https://[2606:4700::1111]/", true],
      ["slack", "https://hooks.slack.com/services/T0/B0/x", true],
      ["slack", "https://hooks.slack.com:8443/services/T0/B0/x", false],
      ["slack", "https://hooks.slack.com.evil.example/services/T0/B0/x", false],
      ["slack", "https://evil.example/hooks.slack.com/services/T0/B0/x", false],
      ["slack", "https://hooks.slack.com/api/x", false],
      ["slack", "https://example.com/services/T0/B0/x", false]
    ] as const
  )(
    "as a url of %s, %s is allowed: %s",
    (channel, url, isAllowed) => assert.strictEqual(faultOfUrl(channel, url, false) === undefined, isAllowed)
  )

  it.live.each(
    [
      [{}, "http://127.0.0.1", "refused"],
      [local, "http://127.0.0.1", "sent"],
      [local, "http://127.1", "sent"],
      [local, "http://10.0.0.1", "refused"],
      [local, "https://127.0.0.1", "refused"]
    ] as const
  )("with the settings %j, a message to %s is %s", ([env, origin, outcome]) =>
    Effect.gen(function*() {
      const { counts, port } = yield* webhookServer()
      assert.strictEqual(yield* post(letterTo(`${origin}:${port}/`), {}, env), outcome)
      assert.strictEqual(counts.connections, outcome === "sent" ? 1 : 0)
    }))

  it.live("with the setting for this machine, http leads to no other machine by a name", () =>
    Effect.gen(function*() {
      const { port } = yield* webhookServer()
      const { lookUp } = names({ "other.example": [["192.0.2.1"]], "here.example": [["127.0.0.1"]] })
      assert.strictEqual(yield* post(letterTo(`http://other.example:${port}/`), { lookUp }, local), "refused")
      assert.strictEqual(yield* post(letterTo(`http://here.example:${port}/`), { lookUp }, local), "sent")
    }))

  it.effect("production does not start with the setting for this machine", () =>
    Effect.gen(function*() {
      const problems = yield* Effect.match(mailSettings, {
        onFailure: (failed) => "problems" in failed ? failed.problems : [],
        onSuccess: () => []
      })
      assert.deepStrictEqual(problems, ["WEBHOOK_LOOPBACK is not for production: remove it"])
    }).pipe(
      Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { ...local, NODE_ENV: "production" } })))
    ))
})
