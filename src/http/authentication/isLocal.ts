import { Option } from "effect"
import type { HttpServerRequest } from "effect/http"

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

/** The `Host` check prevents DNS rebinding. The `Origin` check refuses requests from other web pages. */
export const isLocal = ({ headers, remoteAddress }: HttpServerRequest.HttpServerRequest): boolean => {
  const { host = "", origin } = headers
  return Option.exists(remoteAddress, (address) => loopbackAddress.test(address)) &&
    loopbackHost.test(host) && (origin === undefined || origin === `http://${host}`) &&
    headers["x-forwarded-for"] === undefined && headers["forwarded"] === undefined
}
