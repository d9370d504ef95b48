/** After this time without an event, the stream sends a comment, so that proxies do not close it. */
const aliveMillis = 15_000

/** In all time zones, each day begins at a multiple of this time. At each multiple, the stream counts again. */
const stepMillis = 5 * 60_000

/** Without a change log, a stream counts again after this time. */
const pollMillis = 10_000

const retryMillis = 1_000

const nextStep = (now: number) => (Math.floor(now / stepMillis) + 1) * stepMillis

/** All times here are in epoch milliseconds. */
export const makeAgenda = (start: number) => {
  let aliveAt = start + aliveMillis
  let pollAt = start + pollMillis
  let stepAt = nextStep(start)
  let retryAt = Infinity
  const quietUntil = (now: number, expiresAt = Infinity): number =>
    Math.min(aliveAt, ...(expiresAt > now ? [expiresAt] : []))
  return {
    /** At this time, the stream sends a comment or checks its session token, also while a run is in progress. */
    quietUntil,
    next: (now: number, isLogged: boolean, expiresAt?: number): number =>
      Math.min(quietUntil(now, expiresAt), stepAt, retryAt, isLogged ? Infinity : pollAt),
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
