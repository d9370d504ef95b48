import { isIP } from "node:net"
import type { DeliveryChannel } from "../../domain/Subscription.ts"
import { isLoopback, isPublic } from "./publicAddress.ts"

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
