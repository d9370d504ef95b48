import { t } from "../shell/messages.ts"
import type { RecordsResponse } from "./wire.ts"

export class Problem extends Error {
  readonly status: number
  readonly code: string
  /** The limit that refused the request. */
  readonly limit: string | undefined

  constructor(message: string, status: number, code: string, limit?: string) {
    super(message)
    this.status = status
    this.code = code
    this.limit = limit
  }
}

export const isProblem = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code

export const unreachable = () => new Problem(t.unreachable(), 0, "unreachable")

export const isCancelled = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError"

/** A connection can break before a response, and in the middle of its body. */
export const reached = <A>(answer: Promise<A>): Promise<A> =>
  answer.catch((error: unknown) => {
    throw isCancelled(error) ? error : unreachable()
  })

const sentenceOf = (message: unknown): string => {
  if (typeof message === "string") return message
  return Array.isArray(message) ? message.join(" ") : t.strangeAnswer()
}

export const problemOf = async (response: Response): Promise<Problem> => {
  const body: unknown = await response.json().catch(() => undefined)
  const { code, limit, message } = {
    code: undefined,
    limit: undefined,
    message: undefined,
    ...(typeof body === "object" && body)
  }
  return new Problem(
    sentenceOf(message),
    response.status,
    typeof code === "string" ? code : "unknown",
    typeof limit === "string" ? limit : undefined
  )
}

/**
 * An error that another attempt may not have fails the request, because its empty list is not the end of the records.
 * Like a response with status 408, a timeout is not tried again by itself, because the database would read all the time.
 */
export const recordsIn = (response: RecordsResponse): RecordsResponse => {
  const { error } = response
  if (error?.code === "timeout") throw new Problem(error.message, 408, error.code)
  if (error?.code === "unavailable") throw new Problem(error.message, 503, error.code)
  return response
}

/** A refusal of the service is told in the language of the page. In English, it is the sentence of the service. */
export const sentence = (error: unknown): string => {
  const limit = isProblem(error, "unavailable") && error instanceof Problem ? error.limit : undefined
  if (limit !== undefined) return t.busy({ limit })
  if (error instanceof Problem) return t.problem(error)
  return error instanceof Error ? error.message : String(error)
}
