import { Data, Effect } from "effect"
import { isDeepStrictEqual } from "node:util"

const json = (value: unknown) =>
  JSON.stringify(value, (_, inner) => typeof inner === "bigint" ? String(inner) : inner, 1)

/** Names a failed claim and the question that disproves it. */
export class Broken extends Data.TaggedError("Broken")<{
  readonly claim: string
  readonly asked: unknown
  readonly found: unknown
}> {
  override get message() {
    return `${this.claim}\n${json({ asked: this.asked, found: this.found })}`
  }
}

export const expect = (holds: boolean, claim: string, asked: unknown, found: unknown): Effect.Effect<void, Broken> =>
  holds ? Effect.void : Effect.fail(new Broken({ claim, asked, found }))

/** Fails unless all answers exist and are equal. */
export const expectSame = (claim: string, asked: unknown, found: { readonly [source: string]: unknown }) => {
  const [first, ...others] = Object.values(found)
  const isSame = first !== undefined && others.every((other) => isDeepStrictEqual(first, other))
  return expect(isSame, claim, asked, found)
}
