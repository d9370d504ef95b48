import { Context, Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { viewersInScope } from "../../columnStore/viewers.ts"
import type { OrgId } from "../../domain/Ids.ts"
import type { AccessVersion, Scope } from "../../domain/Scope.ts"
import type { Unreachable } from "../../domain/Unavailable.ts"
import type { Tables } from "../../metrics/crm.ts"
import { evaluate, findRecords } from "../../query/inMemory.ts"
import type { AccessCheck } from "../access/accessQuery.ts"
import { Admission } from "../admission/Admission.ts"
import { type Send, sender, snapshotTransaction, SqlFailures } from "../database/statements.ts"
import { type ChangeLook, changeLook } from "../replica/changeLook.ts"
import { Replicas } from "../replica/Replicas.ts"
import { maxReplicaRows, replicaNotice, replicasIgnored } from "../replica/replicaSettings.ts"
import { askStandby } from "../standby/Standby.ts"
import { Standbys } from "../standby/Standbys.ts"
import { type Reader, readerWithStandby, sqlReader } from "./Reader.ts"
import { replicaReader } from "./replicaReader.ts"

const noLook = () => Effect.undefined

const noVersion = () => undefined

export class MetricSource extends Context.Service<MetricSource, {
  /** The reader's first statement also sends the access query of `check`, unless a replica confirms its result. */
  open(scope: Scope, check?: AccessCheck<unknown>): Effect.Effect<Reader>
  snapshot<A, E, R>(
    organizationId: OrgId,
    work: (reader: Reader) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | Unreachable, R>
  accessVersion(organizationId: OrgId): AccessVersion | undefined
  /** Returns undefined if there is no change log. */
  look(organizationId: OrgId, last: ChangeLook | undefined): Effect.Effect<ChangeLook | undefined, Unreachable>
}>()("crm-reports/services/run/MetricSource") {
  static readonly layerStandby = Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const admission = yield* Admission
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      const standbys = yield* Standbys
      const send = yield* sender
      const open = ({ organization: { organizationId } }: Scope, check?: AccessCheck<unknown>) => {
        const limited: Send = (statement) => admission.withConnection(organizationId)(send(statement))
        const onPrimary = check?.attachTo(limited) ?? limited
        const primary = sqlReader(onPrimary)
        const standby = standbys.pick()
        if (standby === undefined) return Effect.succeed(primary)
        return Effect.map(askStandby(standby, onPrimary, organizationId), (ask) => readerWithStandby(ask, primary))
      }
      const snapshot = <A, E, R>(organizationId: OrgId, work: (reader: Reader) => Effect.Effect<A, E, R>) =>
        work(sqlReader(send)).pipe(snapshotTransaction(sql), admission.withLongConnection(organizationId), mapSqlErrors)
      return { open, snapshot, accessVersion: noVersion, look: noLook }
    })
  )

  static readonly layerSql = Layer.provide(MetricSource.layerStandby, Standbys.none)

  static readonly overReplicas = Layer.effect(
    MetricSource,
    Effect.gen(function*() {
      const source = yield* MetricSource
      const replicas = yield* Replicas
      const { withTurn } = yield* Admission
      /** For refreshes. They take no place of `connections`, because a wait for it would use up their short time. */
      const send = yield* sender
      const sql = yield* SqlClient.SqlClient
      const { mapSqlErrors } = yield* SqlFailures
      /** If the statement fails, only the statement is rolled back, and not the transaction around it. */
      const sendSafely: Send = ({ params, text }) => mapSqlErrors(sql.withTransaction(sql.unsafe(text, params)))

      const open = Effect.fnUntraced(function*(scope: Scope, check?: AccessCheck<unknown>) {
        const reader = yield* source.open(scope, check)
        const { organizationId } = scope.organization
        const opened = yield* replicas.open(organizationId, send, check)
        return replicaReader({ opened, organizationId, viewers: viewersInScope(scope), withTurn }, reader)
      })
      const snapshot = <A, E, R>(organizationId: OrgId, work: (reader: Reader) => Effect.Effect<A, E, R>) =>
        source.snapshot(organizationId, (reader) =>
          Effect.flatMap(
            replicas.openIn(organizationId, sendSafely),
            (opened) => work(replicaReader({ opened, organizationId, viewers: undefined, withTurn }, reader))
          ))
      const { accessVersion } = replicas
      return { ...source, open, snapshot, accessVersion, look: yield* changeLook }
    })
  )

  static readonly layerReplica = Layer.provide(MetricSource.overReplicas, [MetricSource.layerSql, Replicas.layer])

  static readonly layer = Layer.unwrap(Effect.gen(function*() {
    yield* replicaNotice
    const inSql = Layer.provide(MetricSource.layerStandby, Standbys.layer)
    return (yield* maxReplicaRows) === 0 || Option.isSome(yield* replicasIgnored)
      ? inSql
      : Layer.provide(MetricSource.overReplicas, [inSql, Replicas.layer])
  }))

  static readonly layerMemory = (tables: Tables) => {
    const reader: Reader = {
      rows: (plan) => Effect.sync(() => evaluate(plan, tables)),
      records: (query) => Effect.sync(() => findRecords(query, tables))
    }
    return Layer.succeed(MetricSource, {
      open: () => Effect.succeed(reader),
      snapshot: (_organizationId, work) => work(reader),
      accessVersion: noVersion,
      look: noLook
    })
  }
}
