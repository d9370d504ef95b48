import { bucketOf, millisToReply } from "../../query/definitions.ts"
import type { Plan } from "../../query/Plan.ts"
import type { Dictionary } from "../Dictionary.ts"
import { growingCodes, growingNumbers } from "../growing.ts"

export interface Mail {
  readonly owner: string
  readonly isOutbound: boolean
  readonly at: number
}

export interface Thread {
  readonly key: string
  readonly mails: ReadonlyArray<Mail>
}

type Add = (bucket: number, isAnswered: boolean) => void

/** A shared thread has mails of several owners. Its first outbound mail and the reply depend on the scope. */
export interface SharedThreads {
  readonly size: number
  append(weight: number, thread: Thread): void
  /** Calls `add` for each thread with an outbound mail in scope. Returns false if there are too many mails. */
  count(plan: Plan, add: Add): boolean
  /** Removes all threads. */
  clear(): void
}

/** Counting more mails would block the process for over 10 ms. */
export const maxSharedMails = 2 ** 21

/** The arrays are compacted when they have more removed mails than this, and more removed than kept mails. */
const minRemoved = 1_024

const noMails = () => ({
  /** The code of an owner is negative if the mail is inbound. */
  owners: growingCodes(),
  times: growingNumbers(),
  starts: growingCodes(),
  ends: growingCodes(),
  /** The value of a removed thread is Infinity. */
  firsts: growingNumbers(),
  lasts: growingNumbers(),
  /** The time of the first outbound mail, and of the first later inbound mail, if each mail is in scope. */
  sent: growingNumbers(),
  answered: growingNumbers()
})

interface Exchange {
  readonly sent: number
  readonly answered: number
}

const exchangeOf = (mails: ReadonlyArray<Mail>): Exchange => {
  const sent = mails.find(({ isOutbound }) => isOutbound)?.at ?? Infinity
  return { sent, answered: mails.find(({ at, isOutbound }) => !isOutbound && at > sent)?.at ?? Infinity }
}

/** An answer later than this does not count. */
const latestAnswer = (sent: number, { asOf }: Plan) => Math.min(sent + millisToReply, asOf)

export const makeSharedThreads = (people: Dictionary): SharedThreads => {
  let kept = noMails()
  let size = 0
  const places = new Map<string, number>()
  /** Owners of removed mails stay in this set. */
  const owners = new Set<number>()

  const insertAt = (key: string, { answered, sent }: Exchange, insertMails: () => void) => {
    const start = kept.times.size
    places.set(key, kept.starts.size)
    insertMails()
    const { size: end, values: times } = kept.times
    kept.starts.push(start)
    kept.ends.push(end)
    kept.firsts.push(times[start] ?? Infinity)
    kept.lasts.push(times[end - 1] ?? -Infinity)
    kept.sent.push(sent)
    kept.answered.push(answered)
  }

  const insert = ({ key, mails }: Thread) => {
    insertAt(key, exchangeOf(mails), () => {
      for (const { at, isOutbound, owner } of mails) {
        const code = people.codeOf(owner)
        owners.add(code)
        kept.owners.push(isOutbound ? code : -code)
        kept.times.push(at)
      }
    })
    size += mails.length
  }

  const compact = () => {
    const former = kept
    kept = noMails()
    for (const [key, place] of places) {
      const [sent, answered] = [former.sent.values[place] ?? Infinity, former.answered.values[place] ?? Infinity]
      insertAt(key, { sent, answered }, () => {
        const end = former.ends.values[place] ?? 0
        for (let mail = former.starts.values[place] ?? 0; mail < end; mail++) {
          kept.owners.push(former.owners.values[mail] ?? 0)
          kept.times.push(former.times.values[mail] ?? 0)
        }
      })
    }
  }

  const remove = ({ key, mails }: Thread) => {
    const place = places.get(key)
    if (place === undefined) return
    kept.firsts.values[place] = Infinity
    kept.sent.values[place] = Infinity
    places.delete(key)
    size -= mails.length
    if (kept.times.size - size > Math.max(size, minRemoved)) compact()
  }

  const inScope = ({ scope: { allMembers, people: selected } }: Plan): Uint8Array => {
    const flags = new Uint8Array(people.texts.length)
    if (allMembers !== undefined) {
      flags.fill(1)
      for (const code of people.codesOf(allMembers)) flags[code] = 0
    }
    for (const code of people.codesOf(selected.map(({ userId }) => userId))) flags[code] = 1
    return flags
  }

  /** If the scope has each owner, an exchange does not depend on the scope. */
  const countAll = (plan: Plan, from: number, to: number, add: Add) => {
    const { answered: { values: answered }, sent: { size: threads, values: times } } = kept
    for (let thread = 0; thread < threads; thread++) {
      const sent = times[thread] ?? Infinity
      if (sent < from || sent >= to) continue
      const bucket = bucketOf(sent, plan)
      if (bucket !== undefined) add(bucket, (answered[thread] ?? Infinity) <= latestAnswer(sent, plan))
    }
  }

  const countInScope = (plan: Plan, from: number, to: number, flags: Uint8Array, add: Add) => {
    const { ends, firsts: { values: firsts }, lasts: { values: lasts }, owners: { values: owners }, starts } = kept
    const { values: times } = kept.times
    const isInScope = (mail: number) => flags[Math.abs(owners[mail] ?? 0)] === 1
    const isOutbound = (mail: number) => (owners[mail] ?? 0) > 0
    for (let thread = 0; thread < starts.size; thread++) {
      if ((firsts[thread] ?? 0) >= to || (lasts[thread] ?? 0) < from) continue
      const end = ends.values[thread] ?? 0
      let mail = starts.values[thread] ?? 0
      while (mail < end && !(isOutbound(mail) && isInScope(mail))) mail++
      if (mail === end) continue
      const first = times[mail] ?? 0
      const bucket = bucketOf(first, plan)
      if (bucket === undefined) continue
      const last = latestAnswer(first, plan)
      const isReply = () => !isOutbound(mail) && isInScope(mail) && (times[mail] ?? 0) > first
      while (mail < end && (times[mail] ?? 0) <= last && !isReply()) mail++
      add(bucket, mail < end && (times[mail] ?? 0) <= last)
    }
  }

  const count: SharedThreads["count"] = (plan, add) => {
    if (size > maxSharedMails) return false
    const flags = inScope(plan)
    const { boundaries, hasLowerBound } = plan
    const from = hasLowerBound ? boundaries[0] ?? Infinity : -Infinity
    const to = boundaries.at(-1) ?? -Infinity
    if ([...owners].every((code) => flags[code] === 1)) countAll(plan, from, to, add)
    else countInScope(plan, from, to, flags, add)
    return true
  }

  return {
    get size() {
      return size
    },
    append: (weight, thread) => weight > 0 ? insert(thread) : remove(thread),
    count,
    clear: () => {
      kept = noMails()
      size = 0
      places.clear()
      owners.clear()
    }
  }
}
