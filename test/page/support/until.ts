import { setTimeout } from "node:timers/promises"
import { inspect, isDeepStrictEqual } from "node:util"

/** A wait of a page test ends after this time, with a message that names what it waited for. */
export const waitLimit = 5 * 60_000

const limited = async <A>(name: () => string, work: Promise<A>, limit: number): Promise<A> => {
  const done = new AbortController()
  const failing = async () => {
    await setTimeout(limit, undefined, { signal: done.signal })
    throw new Error(`Waited ${limit / 1000} s for ${name()}.`)
  }
  try {
    return await Promise.race([work, failing()])
  } finally {
    done.abort()
  }
}

/** Returns the result of `work`, or fails at the limit. */
export const within = <A>(name: string, work: Promise<A>, limit = waitLimit): Promise<A> =>
  limited(() => name, work, limit)

/** Waits until `ask` returns `wanted`. `waitForFunction` with a text is against the policy of the page. */
export const until = async (
  name: string,
  ask: () => Promise<unknown>,
  wanted: unknown = true,
  limit = waitLimit
): Promise<void> => {
  const state = { answer: "none", isOver: false }
  const asking = async () => {
    while (!state.isOver) {
      const answer = await ask()
      if (isDeepStrictEqual(answer, wanted)) return
      state.answer = inspect(answer)
      await setTimeout(20)
    }
  }
  try {
    await limited(() => `${name}. The last answer was ${state.answer}`, asking(), limit)
  } finally {
    state.isOver = true
  }
}
