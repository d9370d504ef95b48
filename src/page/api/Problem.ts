export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined

  constructor(message: string, status: number, code: string, requestId?: string) {
    super(message)
    this.status = status
    this.code = code
    this.requestId = requestId
  }
}

export const isProblem = (error: unknown, code: string): boolean => error instanceof Problem && error.code === code

export const unreachable = () =>
  new Problem("The service cannot be reached. Check the connection, or try again in a moment.", 0, "unreachable")

const sentenceOf = (message: unknown): string => {
  if (typeof message === "string") return message
  return Array.isArray(message) ? message.join(" ") : "The service gave an answer that this page does not understand."
}

export const problemOf = async (response: Response): Promise<Problem> => {
  const body: unknown = await response.json().catch(() => undefined)
  const { code, message, requestId } = typeof body === "object" && body !== null
    ? { code: undefined, message: undefined, requestId: undefined, ...body }
    : { code: undefined, message: undefined, requestId: undefined }
  return new Problem(
    sentenceOf(message),
    response.status,
    typeof code === "string" ? code : "unknown",
    typeof requestId === "string" ? requestId : undefined
  )
}

export const sentence = (error: unknown): string => error instanceof Error ? error.message : String(error)
