import { assert, describe, it } from "@effect/vitest"
import { OrgId } from "../src/domain/Ids.ts"
import type { Change, ChangeSet } from "../src/services/replica/changesSince.ts"
import { makeReplica } from "../src/services/replica/Replica.ts"
import { makeReplicaPool } from "../src/services/replica/ReplicaPool.ts"

const seen = (moment: string, at = 0) => ({ moment, captureEpoch: "a server", at })

const looked = (moment: string, changes: ReadonlyArray<Change> = [], at = 0): ChangeSet => ({
  seen: seen(moment, at),
  changes
})

const call = (transaction: number): Change => [String(transaction), "calls", 1, ["ana"]]

const calls = (count: number) => Array.from({ length: count }, () => call(10))

describe("a replica", () => {
  it("goes on to what was seen later, and not back", () => {
    const replica = makeReplica(seen("10:12:10,11"))
    assert.isTrue(replica.take(looked("11:12:11")))
    assert.isTrue(replica.take(looked("10:12:10,11")))
    assert.strictEqual(replica.moment.text, "11:12:11")
  })

  it("takes of two looks what neither of them has taken", () => {
    const replica = makeReplica(seen("10:12:10,11"))
    assert.isTrue(replica.take(looked("11:12:11", [call(10)])))
    assert.isTrue(replica.take(looked("12:12:", [call(10), call(11)])))
    assert.isTrue(replica.take(looked("11:12:11", [call(10)])))
    assert.strictEqual(replica.store.size, 2)
  })

  it("stays of use where somebody looks and nothing changes", () => {
    const replica = makeReplica(seen("10:10:"))
    for (const minutes of [20, 40, 60]) assert.isTrue(replica.take(looked("10:10:", [], minutes * 60_000)))
  })

  it("is of no use where nobody has looked for half an hour, or the clock says so", () => {
    for (const at of [1_800_001, -1_800_001]) {
      assert.isFalse(makeReplica(seen("10:10:")).take(looked("11:11:", [], at)))
    }
    assert.isTrue(makeReplica(seen("10:10:")).take(looked("11:11:", [], 1_800_000)))
  })

  it("is of no use where changes may have gone unlogged", () => {
    assert.isFalse(makeReplica({ ...seen("10:10:"), captureEpoch: "another server" }).take(looked("11:11:")))
  })

  it("is read anew where more has changed at once, or by and by, than is counted out of order", () => {
    assert.isTrue(makeReplica(seen("10:10:")).take(looked("11:11:", calls(5_000))))
    assert.isFalse(makeReplica(seen("10:10:")).take(looked("11:11:", calls(5_001))))
    const replica = makeReplica(seen("10:10:"))
    const looks = [11, 12, 13].map((end) =>
      looked(`${end}:${end}:`, calls(5_000).map(([, ...of]) => [String(end - 1), ...of]))
    )
    assert.deepStrictEqual(looks.map(replica.take), [true, true, false])
  })
})

describe("kept replicas", () => {
  const [first, second] = [OrgId.make("first"), OrgId.make("second")]

  const withReplicas = (mostRows: number) => {
    const all = makeReplicaPool(mostRows)
    for (const [usedAt, organizationId] of [first, second].entries()) {
      const replica = makeReplica(seen("10:10:"))
      replica.take(looked("11:11:", calls(10)))
      Object.assign(all.of(organizationId), { replica, usedAt })
    }
    return all
  }

  it("make room by giving up whoever was asked longest ago", () => {
    const all = withReplicas(25)
    all.makeRoomFor(5)
    assert.isDefined(all.of(first).replica)
    all.makeRoomFor(6)
    assert.deepStrictEqual([first, second].map((id) => all.of(id).replica !== undefined), [false, true])
  })

  it("are forgotten after twenty minutes without a run, but not while they are read", () => {
    const all = withReplicas(25)
    all.of(second).isLoading = true
    all.forgetIdle(20 * 60_000 + 2)
    assert.isUndefined(all.of(first).replica)
    assert.isDefined(all.of(second).replica)
  })
})
