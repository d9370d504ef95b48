import { BlockList, isIP } from "node:net"
import type { DeliveryChannel } from "../../domain/Subscription.ts"

const blockOf = (family: "ipv4" | "ipv6", ...subnets: ReadonlyArray<readonly [start: string, bits: number]>) => {
  const block = new BlockList()
  for (const [start, bits] of subnets) block.addSubnet(start, bits, family)
  return block
}

/**
 * The registry of IANA for special addresses: private, loopback, link-local, shared, documentation, multicast, and
 * reserved. The platform of Azure answers at 168.63.129.16, which is not in the registry.
 */
const special4 = blockOf(
  "ipv4",
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["168.63.129.16", 32],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3]
)

/** All other addresses of IPv6 are special, also those that contain an address of IPv4. */
const global6 = blockOf("ipv6", ["2000::", 3])
const special6 = blockOf("ipv6", ["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20])

const loopback4 = blockOf("ipv4", ["127.0.0.0", 8])
const loopback6 = blockOf("ipv6", ["::1", 128])

/** A server on the internet has such an address. The address of a network interface, such as `fe80::1%eth0`, is none. */
export const isPublic = (address: string): boolean => {
  const version = isIP(address)
  if (version === 4) return !special4.check(address, "ipv4")
  return version === 6 && !address.includes("%") && global6.check(address, "ipv6") && !special6.check(address, "ipv6")
}

export const isLoopback = (address: string): boolean => {
  const version = isIP(address)
  return version === 4 ? loopback4.check(address, "ipv4") : version === 6 && loopback6.check(address, "ipv6")
}

const slackOrigin = "https://hooks.slack.com"

const isSlack = ({ origin, pathname }: URL) => origin === slackOrigin && pathname.startsWith("/services/")

/** Returns what is wrong with a url, or undefined. A name is looked up only when a connection is made. */
export const faultOfUrl = (
  channel: DeliveryChannel,
  text: string,
  isLoopbackAllowed: boolean
): string | undefined => {
  const url = URL.parse(text)
  if (url === null) return "is not an address such as https://example.com/reports"
  if (url.username !== "" || url.password !== "") return "must not have a user name or a password"
  const isLocal = isLoopbackAllowed && url.protocol === "http:"
  if (!isLocal && url.protocol !== "https:") return "must begin with https://"
  if (!isLocal && channel === "slack" && !isSlack(url)) return `must begin with ${slackOrigin}/services/`
  // The brackets around an address of IPv6 are no part of it.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1")
  const isAllowed = isLocal ? isLoopback : isPublic
  return isIP(host) === 0 || isAllowed(host) ? undefined : "must lead to a server on the internet"
}
