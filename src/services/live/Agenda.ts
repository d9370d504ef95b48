import { Effect } from "effect"

/** After this time without an event, the stream sends a comment, so that proxies do not close it. */
const aliveMillis = 15_000

/** In all time zones, each day begins at a multiple of this time. At each multiple, the stream counts again. */
const stepMillis = 5 * 60_000

/** Without a change log, a stream counts again after this time. */
const pollMillis = 10_000

const retryMillis = 1_000

/** Both times are in milliseconds. If the clock of the machine is set, only `epoch` changes. */
export interface Moment {
  readonly epoch: number
  readonly monotonic: number
}

export const currentMoment: Effect.Effect<Moment> = Effect.clockWith((clock) =>
  Effect.sync(() => ({
    epoch: clock.currentTimeMillisUnsafe(),
    monotonic: Number(clock.monotonicTimeNanosUnsafe()) / 1e6
  }))
)

const stepOf = ({ epoch }: Moment) => Math.floor(epoch / stepMillis)

/** The results are monotonic times in milliseconds. */
export const makeAgenda = (start: Moment) => {
  let aliveAt = start.monotonic + aliveMillis
  let pollAt = start.monotonic + pollMillis
  let retryAt = Infinity
  let step = stepOf(start)
  const stepAt = (now: Moment): number =>
    stepOf(now) === step ? now.monotonic + (step + 1) * stepMillis - now.epoch : -Infinity
  const runAt = (now: Moment, isLogged: boolean): number => Math.min(stepAt(now), retryAt, isLogged ? Infinity : pollAt)
  /** Here, the stream sends a comment or checks its session token, also while a run is in progress. */
  const quietUntil = ({ epoch, monotonic }: Moment, expiresAt = Infinity): number =>
    Math.min(aliveAt, expiresAt > epoch ? monotonic + expiresAt - epoch : Infinity)
  return {
    quietUntil,
    next: (now: Moment, isLogged: boolean, expiresAt?: number): number =>
      Math.min(quietUntil(now, expiresAt), runAt(now, isLogged)),
    isDue: (now: Moment, isLogged: boolean): boolean => now.monotonic >= runAt(now, isLogged),
    begin: (now: Moment): void => {
      pollAt = now.monotonic + pollMillis
      step = stepOf(now)
      retryAt = Infinity
    },
    ran: (): void => {
      retryAt = Infinity
    },
    retry: ({ monotonic }: Moment, failures: number): void => {
      retryAt = monotonic + retryMillis * 2 ** (failures - 1)
    },
    sent: ({ monotonic }: Moment): void => {
      aliveAt = monotonic + aliveMillis
    }
  }
}

export type Agenda = ReturnType<typeof makeAgenda>
