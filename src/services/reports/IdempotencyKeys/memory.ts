import { Clock, Duration, Effect, Ref } from "effect"
import { SecureRandom } from "effect/crypto"
import { type Answer, type Claim, type Found, holderTimeout, keptFor, verdictOn } from "./Claim.ts"
import type { Attempt } from "./IdempotencyKeys.ts"

interface Kept extends Found {
  readonly holder: string
  readonly claimedAt: number
}

const nameOf = ({ id, organizationId }: Attempt) => JSON.stringify([organizationId, id])

export const inMemory = Effect.gen(function*() {
  const book = yield* Ref.make<ReadonlyMap<string, Kept>>(new Map())
  const random = yield* SecureRandom.SecureRandom
  const timeoutMillis = Duration.toMillis(yield* holderTimeout)
  const keptForMillis = Duration.toMillis(keptFor)

  const isOver = ({ answer, claimedAt }: Kept, now: number) =>
    claimedAt <= now - (answer === undefined ? timeoutMillis : keptForMillis)

  const claim = Effect.fnUntraced(function*(attempt: Attempt) {
    const name = nameOf(attempt)
    const holder = yield* random.uuidV4()
    const claimedAt = yield* Clock.currentTimeMillis
    const { fingerprint } = attempt
    const other = yield* Ref.modify(book, (kept) => {
      const found = kept.get(name)
      if (found !== undefined && !isOver(found, claimedAt)) return [found, kept]
      return [undefined, new Map([...kept, [name, { fingerprint, answer: undefined, holder, claimedAt }]])]
    })
    const claimed: Claim = { _tag: "Claimed", holder }
    return other === undefined ? claimed : yield* verdictOn(fingerprint, other)
  })

  const changed = (attempt: Attempt, holder: string, change: (kept: Kept) => Kept | undefined) =>
    Ref.update(book, (kept) => {
      const name = nameOf(attempt)
      const found = kept.get(name)
      if (found?.holder !== holder) return kept
      const after = change(found)
      const others = [...kept].filter(([other]) => other !== name)
      return new Map(after === undefined ? others : [...others, [name, after]])
    })

  const purge = Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Ref.modify(book, (kept) => {
      const left = [...kept].filter(([, { claimedAt }]) => claimedAt > now - keptForMillis)
      return [kept.size - left.length, new Map(left)]
    }))

  return {
    claim,
    keep: (attempt: Attempt, holder: string, answer: Answer) =>
      changed(attempt, holder, (kept) => ({ ...kept, answer })),
    release: (attempt: Attempt, holder: string) => changed(attempt, holder, () => undefined),
    purge
  }
})
