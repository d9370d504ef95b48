import type { Role } from "../../src/domain/Caller.ts"

export interface Wish {
  readonly wish: string
  /** If `role` is missing, the caller is an admin. */
  readonly role?: Role
  /** The draft has at least one metric of each list. */
  readonly must: ReadonlyArray<ReadonlyArray<string>>
  /** The draft has no metric whose id starts with one of these texts. An empty text forbids every metric. */
  readonly mustNot?: ReadonlyArray<string>
  /** The draft has no other metric than those of `must`. */
  readonly only?: boolean
  readonly preset?: string | ReadonlyArray<string>
  /** The first day of a custom timeframe ends with this text. */
  readonly from?: string
  /** The last day of a custom timeframe ends with this text. */
  readonly to?: string
  readonly chart?: string
  /** Each of these texts is in a part of the wish that was not understood, in any case. */
  readonly notUnderstood?: ReadonlyArray<string>
  readonly bucket?: string
  /** A widget is compared with the time before. */
  readonly compare?: true
  readonly groupBy?: string
  /** At least one widget has these filters. */
  readonly filters?: Readonly<Record<string, ReadonlyArray<string>>>
}

/** A wish for exactly one metric, or for some of a list. */
export const only = (
  wish: string,
  metrics: string | ReadonlyArray<string>,
  more: Omit<Wish, "wish" | "must" | "only"> = {}
): Wish => ({ wish, must: [[metrics].flat()], only: true, ...more })

export const tagIds = {
  vip: "11111111-1111-4111-8111-111111111111",
  altbau: "22222222-2222-4222-8222-222222222222",
  berlin: "33333333-3333-4333-8333-333333333333"
}

/** A draft can filter by these tags, sources and statuses. */
export const options = {
  tags: [
    { id: tagIds.vip, name: "VIP", color: "red" },
    { id: tagIds.altbau, name: "Altbau", color: "blue" },
    { id: tagIds.berlin, name: "Berlin", color: "green" }
  ],
  sources: [
    { value: "portal", label: "Portal" },
    { value: "referral", label: "Referral" },
    { value: "website", label: "Website" },
    { value: "walk_in", label: "Walk in" },
    { value: "~none", label: "No source" }
  ],
  statuses: [
    { value: "lead", label: "New" },
    { value: "potential", label: "Potential" },
    { value: "bad_timing", label: "Bad timing" },
    { value: "client", label: "Client" },
    { value: "unqualified", label: "Unqualified" }
  ]
}
