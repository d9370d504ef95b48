import { Duration } from "effect"
import { type ColumnStore, makeColumnStore } from "../../columnStore/ColumnStore.ts"
import { count } from "../../columnStore/count.ts"
import { definitions, type JoinDefinition } from "../../columnStore/joined/joins.ts"
import type { ViewersInScope } from "../../columnStore/viewers.ts"
import type { AccessVersion } from "../../domain/Scope.ts"
import type { AggregateRow } from "../../query/AggregateRow.ts"
import type { Plan } from "../../query/Plan.ts"
import { type Change, type ChangeSet, type LastRefresh, maxRefreshGap, type ServerState } from "./changesSince.ts"
import { type KeyRows, rowsBefore } from "./keyQueries.ts"
import { accessTables } from "./loggedFields.ts"

/** A statement sees the transactions below `end`, except those in `inProgress`. */
export interface PgSnapshot {
  readonly text: string
  readonly end: bigint
  readonly inProgress: ReadonlySet<string>
}

export const parsePgSnapshot = (text: string): PgSnapshot => {
  const [, end = "0", inProgress = ""] = text.split(":")
  return { text, end: BigInt(end), inProgress: new Set(inProgress === "" ? [] : inProgress.split(",")) }
}

export const isVisible = ({ end, inProgress }: PgSnapshot, transaction: string): boolean =>
  BigInt(transaction) < end && !inProgress.has(transaction)

export const isNewer = (a: PgSnapshot, b: PgSnapshot): boolean =>
  a.end === b.end ? a.inProgress.size < b.inProgress.size : a.end > b.end

export interface Replica {
  readonly store: ColumnStore
  readonly snapshot: PgSnapshot
  readonly known: LastRefresh
  readonly version: number
  readonly accessVersion: AccessVersion
  /** Returns undefined if only SQL can compute the plan. */
  count(plan: Plan, viewers: ViewersInScope | undefined): ReadonlyArray<AggregateRow> | undefined
  /** Returns false if the change log may have missed changes. */
  trusts(state: ServerState): boolean
  /** Ignores the changes that the replica already has. */
  append(changes: ReadonlyArray<Change>): void
  /** Joins the rows of these keys again. Call this after `append` and before `moveTo`. */
  join(definition: JoinDefinition, keys: ReadonlyArray<KeyRows>): void
  /** Before you call this, append all changes that are committed in `state`. */
  moveTo(state: ServerState): void
  /** Returns false if the replica must be discarded. */
  apply(changes: ChangeSet): boolean
}

export const makeReplica = ({ at, captureEpoch, snapshot }: ServerState): Replica => {
  const store = makeColumnStore()
  let current = parsePgSnapshot(snapshot)
  let wasUnchanged = false
  let refreshedAt = at
  let version = 0
  /** While this is true, a refresh without changes does not look for unsorted rows. */
  let isSorted = false
  let accessVersion: AccessVersion = Symbol()

  // The clock of the server can be set back, so the difference can be negative.
  const trusts = (state: ServerState) =>
    state.captureEpoch === captureEpoch && Math.abs(state.at - refreshedAt) <= Duration.toMillis(maxRefreshGap)

  const append = (changes: ReadonlyArray<Change>) => {
    const unseen = changes.filter(([transaction]) => !isVisible(current, transaction))
    for (const [, table, weight, image] of unseen) {
      if (accessTables.has(table)) accessVersion = Symbol()
      else store.append(table, weight, image)
    }
    version += unseen.length
    if (unseen.length > 0) isSorted = false
  }

  const join = (definition: JoinDefinition, keys: ReadonlyArray<KeyRows>) => {
    for (const [key, rows, changes] of keys) {
      const missing = changes.filter(([transaction]) => !isVisible(current, transaction))
      if (missing.length > 0) store.join(definition, key, rowsBefore(rows, missing), rows)
    }
  }

  const moveTo = (state: ServerState) => {
    refreshedAt = Math.max(refreshedAt, state.at)
    current = parsePgSnapshot(state.snapshot)
    wasUnchanged = false
  }

  /** Concurrent refreshes may finish in any order, and their changes may overlap. */
  const apply = ({ changes, state, touched }: ChangeSet): boolean => {
    if (!trusts(state)) return false
    const isSame = state.snapshot === current.text
    if (!isSame && isNewer(parsePgSnapshot(state.snapshot), current)) {
      append(changes)
      for (const [index, definition] of definitions.entries()) join(definition, touched[index] ?? [])
      moveTo(state)
    } else {
      refreshedAt = Math.max(refreshedAt, state.at)
      wasUnchanged = isSame
    }
    if (!isSorted) isSorted = store.sortSome()
    return true
  }

  return {
    store,
    count: (plan, viewers) => count(plan, store, viewers),
    trusts,
    append,
    join,
    moveTo,
    apply,
    get snapshot() {
      return current
    },
    get known() {
      return { snapshot: current.text, captureEpoch, wasUnchanged, joins: store.completeJoins }
    },
    get version() {
      return version
    },
    get accessVersion() {
      return accessVersion
    }
  }
}
