import { DateTime, Effect, Ref, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import { refuseMembers } from "../../domain/AdminsOnly.ts"
import type { Caller } from "../../domain/Caller.ts"
import { type OrgId, TargetId } from "../../domain/Ids.ts"
import { isEmptyUpdate } from "../../domain/Report.ts"
import { sha256OfJson } from "../../domain/sha256.ts"
import type { StageWeights } from "../../domain/StageWeights.ts"
import {
  type NewTarget,
  ownersFor,
  ownersIn,
  type Target,
  TargetExists,
  TargetNotFound,
  type TargetPage,
  type TargetsAsked,
  type UpdateTarget
} from "../../domain/Target.ts"
import { byCodePoint } from "../../query/series/sort.ts"

interface StoredTarget extends Target {
  readonly organizationId: OrgId
}

interface State {
  readonly weights: ReadonlyMap<OrgId, StageWeights>
  readonly targets: ReadonlyArray<StoredTarget>
}

const sameAs = ({ filters, for: owner, metricId, period }: NewTarget) => (other: Target): boolean =>
  other.metricId === metricId && other.for === owner && other.period === period &&
  sha256OfJson(other.filters) === sha256OfJson(filters)

const withValues = (values: Target["values"], changes: NonNullable<UpdateTarget["values"]>): Target["values"] =>
  Object.fromEntries(
    Object.entries({ ...values, ...changes }).flatMap(([key, value]) => value === null ? [] : [[key, value]])
  )

const targetOf = ({ organizationId: _organizationId, ...target }: StoredTarget): Target => target

export const memoryGoals = Effect.gen(function*() {
  const store = yield* Ref.make<State>({ weights: new Map(), targets: [] })
  const random = yield* SecureRandom.SecureRandom

  const modify = <A, E>(change: (state: State) => Result.Result<readonly [A, State], E>) =>
    Effect.flatten(Ref.modify(store, (before): readonly [Effect.Effect<A, E>, State] => {
      const changed = change(before)
      return Result.isFailure(changed)
        ? [Effect.fail(changed.failure), before]
        : [Effect.succeed(changed.success[0]), changed.success[1]]
    }))

  const readableIn = ({ targets }: State, caller: Caller): ReadonlyArray<StoredTarget> => {
    const owners = ownersFor(caller)
    return targets.filter((target) =>
      target.organizationId === caller.organizationId && (owners === undefined || owners.includes(target.for))
    )
  }

  const foundIn = (state: State, caller: Caller, id: TargetId): Result.Result<StoredTarget, TargetNotFound> => {
    const found = readableIn(state, caller).find((target) => target.id === id)
    return found === undefined ? Result.fail(new TargetNotFound()) : Result.succeed(found)
  }

  const stageWeights = (organizationId: OrgId) =>
    Effect.map(Ref.get(store), ({ weights }) => weights.get(organizationId) ?? {})

  const setStageWeights = Effect.fnUntraced(function*(caller: Caller, weights: StageWeights) {
    yield* refuseMembers(caller)
    yield* Ref.update(store, (state) => ({
      ...state,
      weights: new Map(state.weights).set(caller.organizationId, weights)
    }))
    return weights
  })

  const listTargets = (caller: Caller, { for: owner, limit, metricId, offset }: TargetPage) =>
    Effect.map(Ref.get(store), (state) => {
      const found = readableIn(state, caller)
        .filter((target) => (metricId ?? target.metricId) === target.metricId && (owner ?? target.for) === target.for)
        .toSorted((a, b) =>
          DateTime.toEpochMillis(b.createdAt) - DateTime.toEpochMillis(a.createdAt) || byCodePoint(a.id, b.id)
        )
      return { results: found.slice(offset, offset + limit).map(targetOf), total: found.length }
    })

  const findTarget = (caller: Caller, id: TargetId) =>
    Effect.flatMap(
      Ref.get(store),
      (state) => Effect.fromResult(Result.map(foundIn(state, caller, id), targetOf))
    )

  const createTarget = Effect.fnUntraced(function*(caller: Caller, target: NewTarget) {
    yield* refuseMembers(caller)
    const now = yield* DateTime.now
    const created = { ...target, id: TargetId.make(yield* random.uuidV4()), createdAt: now, updatedAt: now }
    return yield* modify((state) =>
      readableIn(state, caller).some(sameAs(target))
        ? Result.fail(new TargetExists())
        : Result.succeed([created, {
          ...state,
          targets: [...state.targets, { ...created, organizationId: caller.organizationId }]
        }])
    )
  })

  const updateTarget = Effect.fnUntraced(function*(caller: Caller, id: TargetId, change: UpdateTarget) {
    yield* refuseMembers(caller)
    if (isEmptyUpdate(change)) return yield* findTarget(caller, id)
    const now = yield* DateTime.now
    return yield* modify((state) =>
      Result.map(foundIn(state, caller, id), (existing) => {
        const { currency = existing.currency, values = {} } = change
        const updatedAt = DateTime.max(now, DateTime.addDuration(existing.updatedAt, 1))
        const changed = { ...existing, currency, values: withValues(existing.values, values), updatedAt }
        const targets = state.targets.map((target) => target === existing ? changed : target)
        return [targetOf(changed), { ...state, targets }]
      })
    )
  })

  const removeTarget = Effect.fnUntraced(function*(caller: Caller, id: TargetId) {
    yield* refuseMembers(caller)
    yield* modify((state) =>
      Result.map(foundIn(state, caller, id), (existing) => [undefined, {
        ...state,
        targets: state.targets.filter((target) => target !== existing)
      }])
    )
  })

  const targetsOf = (organizationId: OrgId, asked: TargetsAsked) =>
    Effect.map(Ref.get(store), ({ targets }) => {
      const owners = ownersIn(asked)
      return targets.filter((target) =>
        target.organizationId === organizationId && asked.metricIds.includes(target.metricId) &&
        owners.includes(target.for)
      ).map(targetOf)
    })

  const digest = (organizationId: OrgId) =>
    Effect.map(Ref.get(store), ({ targets, weights }) =>
      JSON.stringify([
        weights.get(organizationId),
        targets.filter((target) => target.organizationId === organizationId)
      ]))

  return {
    stageWeights,
    setStageWeights,
    listTargets,
    findTarget,
    createTarget,
    updateTarget,
    removeTarget,
    targetsOf,
    digest
  }
})
