import type { HttpServerRequest } from "effect/http"
import { type Rate, type Spent, windowSeconds } from "../../services/limits/RateLimits.ts"

type Request = Pick<HttpServerRequest.HttpServerRequest, "source">

const spentBy = new WeakMap<Request["source"], Spent>()

export const keepRates = ({ source }: Request, spent: Spent): void => void spentBy.set(source, spent)

const policyOf = ({ limit, name }: Rate) => `"${name}";q=${limit};w=${windowSeconds}`
const rateOf = ({ name, remaining, resetSeconds }: Rate) => `"${name}";r=${remaining};t=${resetSeconds}`

/** From draft-ietf-httpapi-ratelimit-headers-10. */
export const rateHeaders = ({ source }: Request): Readonly<Record<string, string>> => {
  const { rates, retryAfter } = spentBy.get(source) ?? { rates: [], retryAfter: undefined }
  return {
    ...(rates.length > 0 && {
      "ratelimit-policy": rates.map(policyOf).join(", "),
      ratelimit: rates.map(rateOf).join(", ")
    }),
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) })
  }
}
