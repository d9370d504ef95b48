import { Clock, Duration, Effect, Ref } from "effect"
import { SecureRandom } from "effect/crypto"
import {
  type Answer,
  answerRetention,
  type Attempt,
  type Claim,
  claimStored,
  holderTimeout,
  type StoredKey
} from "./Claim.ts"

interface Entry extends StoredKey {
  readonly claimedAt: number
}

const keyOf = ({ id, organizationId }: Attempt) => JSON.stringify([organizationId, id])

export const memoryIdempotencyKeys = Effect.gen(function*() {
  const store = yield* Ref.make<ReadonlyMap<string, Entry>>(new Map())
  const random = yield* SecureRandom.SecureRandom
  const timeoutMillis = Duration.toMillis(yield* holderTimeout)
  const retentionMillis = Duration.toMillis(answerRetention)

  const isExpired = ({ answer, claimedAt }: Entry, now: number) =>
    claimedAt <= now - (answer === undefined ? timeoutMillis : retentionMillis)

  const claim = Effect.fnUntraced(function*(attempt: Attempt) {
    const key = keyOf(attempt)
    const holder = yield* random.uuidV4()
    const claimedAt = yield* Clock.currentTimeMillis
    const { fingerprint } = attempt
    const existing = yield* Ref.modify(store, (entries) => {
      const entry = entries.get(key)
      if (entry !== undefined && !isExpired(entry, claimedAt)) return [entry, entries]
      return [undefined, new Map([...entries, [key, { fingerprint, answer: undefined, holder, claimedAt }]])]
    })
    const claimed: Claim = { _tag: "Claimed", holder }
    if (existing === undefined) return claimed
    return yield* claimStored(fingerprint, existing, existing.claimedAt + timeoutMillis - claimedAt)
  })

  const update = (attempt: Attempt, holder: string, change: (entry: Entry) => Entry | undefined) =>
    Ref.update(store, (entries) => {
      const key = keyOf(attempt)
      const entry = entries.get(key)
      if (entry?.holder !== holder) return entries
      const updated = change(entry)
      const others = [...entries].filter(([other]) => other !== key)
      return new Map(updated === undefined ? others : [...others, [key, updated]])
    })

  const purge = Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Ref.modify(store, (entries) => {
      const left = [...entries].filter(([, { claimedAt }]) => claimedAt > now - retentionMillis)
      return [entries.size - left.length, new Map(left)]
    }))

  return {
    claim,
    keep: (attempt: Attempt, holder: string, answer: Answer) =>
      update(attempt, holder, (entry) => ({ ...entry, answer })),
    release: (attempt: Attempt, holder: string) => update(attempt, holder, () => undefined),
    purge
  }
})
