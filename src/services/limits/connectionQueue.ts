import { type Clock, Effect } from "effect"
import { makeActivity } from "./activity.ts"
import { makeConnectionUse } from "./connectionUse.ts"
import { makeFairQueue } from "./fairQueue.ts"
import { maxFor } from "./perOrganization.ts"

/** An organization that uses connections for long has this part of them beside organizations that do not. */
const longPart = 1 / 4

interface Waiting {
  readonly since: bigint
  readonly start: () => void
}

interface Terms {
  readonly permits: number
  /** An organization whose statements wait longer than this gets its newest statements answered first. */
  readonly maxWait: bigint
  readonly clock: Clock.Clock
}

/** A free connection goes to the organization that has used connections for the least time. */
export const makeConnectionQueue = ({ clock, maxWait, permits }: Terms) => {
  const most = maxFor(permits)
  const share = Math.max(1, Math.floor(permits * longPart))
  const queue = makeFairQueue<Waiting>()
  const use = makeConnectionUse()
  const activity = makeActivity()
  const running = new Map<string, number>()
  let free = permits
  let chargedAt = 0n
  let isGranting = false

  /** Statements that still run are charged too. */
  const chargeUntil = (now: bigint): void => {
    const passed = Number(now - chargedAt)
    chargedAt = now
    for (const [organizationId, count] of running) queue.charge(organizationId, count * passed)
  }

  const change = (organizationId: string, by: 1 | -1, now: bigint): void => {
    chargeUntil(now)
    const count = running.get(organizationId) ?? 0
    if (!use.isTooHigh(organizationId, count, share, now)) activity.note(organizationId, now)
    free -= by
    if (count + by === 0) running.delete(organizationId)
    else running.set(organizationId, count + by)
  }

  const mayStart = (organizationId: string, now: bigint): boolean => {
    const count = running.get(organizationId) ?? 0
    if (free === 0 || count >= most) return false
    if (count < share || !use.isTooHigh(organizationId, count, share, now)) return true
    return !activity.isOtherActive(organizationId, now)
  }

  const next = (now: bigint) => {
    if (free === 0) return undefined
    chargeUntil(now)
    return queue.next(
      (organizationId) => mayStart(organizationId, now),
      ({ since }) => now - since > maxWait
    )
  }

  /** A statement can end inside `start`, which then calls `grant`. */
  const grant = (now: bigint): void => {
    if (isGranting) return
    isGranting = true
    for (let found = next(now); found !== undefined; found = next(now)) {
      const [organizationId, { start }] = found
      change(organizationId, 1, now)
      start()
    }
    isGranting = false
  }

  const hasStarted = (organizationId: string, now: bigint): boolean => {
    if (!mayStart(organizationId, now)) return false
    change(organizationId, 1, now)
    return true
  }

  const release = (organizationId: string, now: bigint): void => {
    change(organizationId, -1, now)
    grant(now)
  }

  /** A fiber can pause before it waits, and can be interrupted after a connection was granted. */
  const wait = (organizationId: string, since: bigint, restore: <A>(effect: Effect.Effect<A>) => Effect.Effect<A>) => {
    let isGranted = false
    const granted = Effect.callback<void>((resume) => {
      const start = () => {
        isGranted = true
        resume(Effect.void)
      }
      const entry = { since, start }
      queue.add(organizationId, entry)
      grant(clock.monotonicTimeNanosUnsafe())
      return Effect.sync(() => queue.remove(organizationId, entry))
    })
    return Effect.onInterrupt(
      restore(granted),
      () => Effect.sync(() => isGranted && release(organizationId, clock.monotonicTimeNanosUnsafe()))
    )
  }

  const holding = (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.suspend(() => {
      const startedAt = clock.monotonicTimeNanosUnsafe()
      const end = Effect.sync(() => {
        const now = clock.monotonicTimeNanosUnsafe()
        use.noteEnd(organizationId, Number(now - startedAt))
        release(organizationId, now)
      })
      return Effect.ensuring(effect, end)
    })

  const withConnection = (organizationId: string) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.uninterruptibleMask((restore) => {
      const held = holding(organizationId)(restore(effect))
      const now = clock.monotonicTimeNanosUnsafe()
      return hasStarted(organizationId, now) ? held : Effect.andThen(wait(organizationId, now, restore), held)
    })

  return { withConnection, inUse: () => permits - free, waiting: queue.size }
}
