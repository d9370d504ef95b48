import { Option } from "effect"
import type { HttpServerRequest } from "effect/http"

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

/**
 * Whether a browser or program on this machine asks for itself. The host header refuses names that point here (DNS
 * rebinding), the origin refuses pages of other addresses.
 */
export const isLocal = ({ headers, remoteAddress }: HttpServerRequest.HttpServerRequest): boolean => {
  const { host = "", origin } = headers
  return Option.exists(remoteAddress, (address) => loopbackAddress.test(address)) &&
    loopbackHost.test(host) && (origin === undefined || origin === `http://${host}`) &&
    headers["x-forwarded-for"] === undefined && headers["forwarded"] === undefined
}
