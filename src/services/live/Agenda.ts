/** A comment after this time of silence keeps proxies from closing the stream. */
const aliveMillis = 15_000

/** Days of all time zones start at a multiple of this. Numbers that depend on the current time are at most this old. */
const stepMillis = 5 * 60_000

/** A stream without a change log counts again after this time. */
const pollMillis = 10_000

const retryMillis = 1_000

const nextStep = (now: number) => (Math.floor(now / stepMillis) + 1) * stepMillis

/** Times are in epoch milliseconds. */
export const makeAgenda = (start: number) => {
  let aliveAt = start + aliveMillis
  let pollAt = start + pollMillis
  let stepAt = nextStep(start)
  let retryAt = Infinity
  return {
    next: (now: number, isLogged: boolean, expiresAt = Infinity): number => {
      const times = [aliveAt, stepAt, retryAt, ...(isLogged ? [] : [pollAt]), ...(expiresAt > now ? [expiresAt] : [])]
      return Math.min(...times)
    },
    isDue: (now: number, isLogged: boolean): boolean => now >= Math.min(stepAt, retryAt, isLogged ? Infinity : pollAt),
    begin: (now: number): void => {
      pollAt = now + pollMillis
      stepAt = nextStep(now)
      retryAt = Infinity
    },
    retry: (now: number, failures: number): void => {
      retryAt = now + retryMillis * 2 ** (failures - 1)
    },
    sent: (now: number): void => {
      aliveAt = now + aliveMillis
    }
  }
}

export type Agenda = ReturnType<typeof makeAgenda>
