import type { HttpServerRequest } from "effect/http"
import type { Caller } from "../../domain/Caller.ts"

type Request = Pick<HttpServerRequest.HttpServerRequest, "source">

const callers = new WeakMap<Request["source"], Caller>()

export const keepCaller = ({ source }: Request, caller: Caller): void => void callers.set(source, caller)

export const callerOf = ({ source }: Request): Caller | undefined => callers.get(source)
