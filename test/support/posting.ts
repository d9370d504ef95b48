import { ConfigProvider, Effect, Layer } from "effect"
import type { Letter } from "../../src/services/deliveries/Channel.ts"
import { type Network, Posting } from "../../src/services/deliveries/Posting.ts"
import { isPublic } from "../../src/services/deliveries/postUrl.ts"
import { selfSigned } from "./selfSigned.ts"

export const withEnv = (env: Record<string, string>) =>
  Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env })))

export const letterTo = (to: string, hand: Effect.Effect<boolean> = Effect.succeed(true)): Letter => ({
  id: "00000000-0000-4000-8000-000000000001",
  to,
  bytes: Buffer.from("{}"),
  hand
})

const addressesOf = (...addresses: ReadonlyArray<string>) =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }))

/** The same name can have other addresses at the next look-up. */
export const names = (known: Readonly<Record<string, ReadonlyArray<ReadonlyArray<string>>>>) => {
  const asked: Array<string> = []
  const lookUp: Network["lookUp"] = (name, done) => {
    asked.push(name)
    const turns = known[name] ?? []
    const turn = turns[Math.min(asked.filter((one) => one === name).length, turns.length) - 1]
    setImmediate(() => turn === undefined ? done(new Error("ENOTFOUND"), []) : done(null, addressesOf(...turn)))
  }
  return { asked, lookUp }
}

export const network: Network = { ...names({}), isPublic, ca: selfSigned.cert, millis: 5_000 }

export const post = (letter: Letter, changed: Partial<Network> = {}, env: Record<string, string> = {}) =>
  Posting.use(({ send }) => send(letter)).pipe(
    Effect.provide(Posting.layerOver({ ...network, ...changed }).pipe(withEnv(env)))
  )

export const local = { WEBHOOK_LOOPBACK: "true" }

/** An address behind a test's own network: the server of the test is reached as if it were on the internet. */
export const asInternet = {
  ...names({ localhost: [["127.0.0.1"]] }),
  isPublic: (address: string) => address === "127.0.0.1"
}

export const notPublic = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "168.63.129.16",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::127.0.0.1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::7f00:1",
  "100::1",
  "2001::1",
  "2001:0:7f00:1::",
  "2001:db8::1",
  "2002:7f00:1::",
  "3fff::1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%lo",
  "2606:4700::1%eth0",
  "fec0::1",
  "ff02::1",
  "0177.0.0.1",
  "127.0.0.1 ",
  "localhost",
  ""
]

const hostileHosts = [
  "127.1",
  "127.0.0.1.",
  "2130706433",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "017700000001",
  "0",
  "0xa9fea9fe",
  "①②⑦.⓪.⓪.①",
  "127。0。0。1",
  "１２７.0.0.1",
  "%31%32%37.0.0.1",
  ...notPublic.filter((address) => /^[\d.]+$/.test(address)),
  ...notPublic.filter((address) => /^[\da-f:.]+$/.test(address) && address.includes(":")).map((address) =>
    `[${address}]`
  )
]

export const hostileUrls = [
  "http://example.com/",
  "http://127.0.0.1/",
  "ftp://example.com/",
  "file:///etc/passwd",
  "gopher://example.com/",
  "data:text/plain,x",
  "javascript:alert(1)",
  "blob:https://example.com/x",
  "ws://example.com/",
  "https://user:password@example.com/",
  "https://user@example.com/",
  "https://example.com@127.0.0.1/",
  "https://127.0.0.1#@example.com/",
  "https://127.0.0.1\\@example.com/",
  "https://exa\tmple.com\n@127.0.0.1/",
  "https:\\\\127.0.0.1\\",
  " https://127.0.0.1/",
  "https://[::1",
  "https://",
  "//example.com/",
  "example.com",
  "",
  ...hostileHosts.map((host) => `https://${host}/`)
]
