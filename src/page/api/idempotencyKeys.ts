import { newId } from "./newId.ts"
import { isCancelled, Problem } from "./Problem.ts"

/** After 409, the first request may still be running. After 429, a later attempt may succeed. */
const undecided = new Set([409, 429])

const isRefused = (error: unknown): boolean =>
  error instanceof Problem && error.status >= 400 && error.status < 500 && !undecided.has(error.status)

/**
 * A repeated request has the same key until it succeeds, is refused or is cancelled, so it creates nothing twice. The
 * service answers a known key with the stored response, so a dialog has its own keys: after it is closed, an equal request
 * is a new wish.
 */
export const idempotencyKeys = () => {
  const keys = new Map<string, string>()
  return async <A>(request: string, send: (key: string) => Promise<A>): Promise<A> => {
    const key = keys.get(request) ?? newId()
    keys.set(request, key)
    try {
      const answer = await send(key)
      keys.delete(request)
      return answer
    } catch (error) {
      if (isRefused(error) || isCancelled(error)) keys.delete(request)
      throw error
    }
  }
}

export type IdempotencyKeys = ReturnType<typeof idempotencyKeys>
