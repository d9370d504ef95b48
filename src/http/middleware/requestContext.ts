import type { HttpServerRequest } from "effect/http"
import type { Caller } from "../../domain/Caller.ts"
import type { Spent } from "../../services/limits/RateLimits.ts"

type Request = Pick<HttpServerRequest.HttpServerRequest, "source">

const callers = new WeakMap<Request["source"], Caller>()
const spentBy = new WeakMap<Request["source"], Spent>()

export const keepCaller = ({ source }: Request, caller: Caller): void => void callers.set(source, caller)

export const callerOf = ({ source }: Request): Caller | undefined => callers.get(source)

export const keepRates = ({ source }: Request, spent: Spent): void => void spentBy.set(source, spent)

export const ratesOf = ({ source }: Request): Spent | undefined => spentBy.get(source)
