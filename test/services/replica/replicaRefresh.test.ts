import { assert, describe, it } from "@effect/vitest"
import { OrgId } from "../../../src/domain/Ids.ts"
import type { Change, ChangeSet } from "../../../src/services/replica/changesSince.ts"
import { makeReplica } from "../../../src/services/replica/Replica.ts"
import { makeReplicaPool, rowsPerReplica } from "../../../src/services/replica/ReplicaPool.ts"
import { kindsIn } from "../../support/columns.ts"

const stateAt = (snapshot: string, at = 0) => ({ snapshot, captureEpoch: "a server", at })

const changedAt = (snapshot: string, changes: ReadonlyArray<Change> = [], at = 0): ChangeSet => ({
  state: stateAt(snapshot, at),
  changes,
  touched: []
})

const call = (transaction: number): Change => [String(transaction), "calls", 1, ["ana"]]

const calls = (count: number) => Array.from({ length: count }, () => call(10))

const oneCall = makeReplica(stateAt("10:10:"))
oneCall.apply(changedAt("11:11:", [call(10)]))

/** The size of a store counts its rows, one owner, one list of viewers, the viewer in this list, and one kind of calls. */
const textsAndLists = 3 + kindsIn(oneCall.store, "calls")

describe("a replica", () => {
  it("a replica keeps its newer PgSnapshot when an older change set arrives later", () => {
    const replica = makeReplica(stateAt("10:12:10,11"))
    assert.isTrue(replica.apply(changedAt("11:12:11")))
    assert.isTrue(replica.apply(changedAt("10:12:10,11")))
    assert.strictEqual(replica.snapshot.text, "11:12:11")
  })

  it("a replica applies each change of overlapping change sets once", () => {
    const replica = makeReplica(stateAt("10:12:10,11"))
    assert.isTrue(replica.apply(changedAt("11:12:11", [call(10)])))
    assert.isTrue(replica.apply(changedAt("12:12:", [call(10), call(11)])))
    assert.isTrue(replica.apply(changedAt("11:12:11", [call(10)])))
    assert.strictEqual(replica.store.size, 2 + textsAndLists)
  })

  it("each refresh with many changes sorts their rows, even after refreshes without changes", () => {
    const replica = makeReplica(stateAt("10:10:"))
    for (const transaction of [10, 11, 12]) {
      const many = Array.from({ length: 300 }, () => call(transaction))
      replica.apply(changedAt(`${transaction + 1}:${transaction + 1}:`, many))
      for (let times = 0; times < 9; times++) replica.apply(changedAt(`${transaction + 1}:${transaction + 1}:`))
      assert.deepStrictEqual(replica.store.stored("calls")?.unsorted.map(({ size }) => size), [0])
    }
  })

  it("a replica that is refreshed every 20 minutes stays valid when nothing changes", () => {
    const replica = makeReplica(stateAt("10:10:"))
    for (const minutes of [20, 40, 60]) assert.isTrue(replica.apply(changedAt("10:10:", [], minutes * 60_000)))
  })

  it("a replica is discarded when its last refresh is more than half an hour ago", () => {
    for (const at of [1_800_001, -1_800_001]) {
      assert.isFalse(makeReplica(stateAt("10:10:")).apply(changedAt("11:11:", [], at)))
    }
    assert.isTrue(makeReplica(stateAt("10:10:")).apply(changedAt("11:11:", [], 1_800_000)))
  })

  it("a replica is discarded when a change set has another capture epoch", () => {
    assert.isFalse(makeReplica({ ...stateAt("10:10:"), captureEpoch: "another server" }).apply(changedAt("11:11:")))
  })
})

describe("the row limit of all replicas", () => {
  const [first, second] = [OrgId.make("first"), OrgId.make("second")]

  const withReplicas = (mostRows: number) => {
    const pool = makeReplicaPool(mostRows + 2 * (rowsPerReplica + textsAndLists))
    for (const [index, organizationId] of [first, second].entries()) {
      const replica = makeReplica(stateAt("10:10:"))
      replica.apply(changedAt("11:11:", calls(10)))
      Object.assign(pool.slot(organizationId), { replica, usedAt: BigInt(index) })
    }
    return pool
  }

  const kept = (pool: ReturnType<typeof withReplicas>) =>
    [first, second].map((id) => pool.slot(id).replica !== undefined)

  it("when a load would exceed the row limit, the least recently used replica is discarded", () => {
    const pool = withReplicas(25)
    const loading = pool.slot(OrgId.make("third"))
    loading.loadingRows = 5
    pool.trim()
    assert.deepStrictEqual(kept(pool), [true, true])
    loading.loadingRows = 6
    pool.trim()
    assert.deepStrictEqual(kept(pool), [false, true])
  })

  it("when a replica grows past the row limit, another replica is discarded", () => {
    const pool = withReplicas(25)
    pool.slot(first).replica?.apply(changedAt("12:12:", Array.from({ length: 6 }, () => call(11))))
    pool.trim(pool.slot(first))
    assert.deepStrictEqual(kept(pool), [true, false])
  })

  it("a replica that grows so much that it cannot fit alone is discarded, and other replicas are kept", () => {
    const pool = withReplicas(25)
    const replica = makeReplica(stateAt("10:10:"))
    const store = { ...replica.store, size: rowsPerReplica + 100 }
    Object.assign(pool.slot(first), { replica: { ...replica, store } })
    pool.trim(pool.slot(first))
    assert.deepStrictEqual(kept(pool), [false, true])
  })

  it("a replica is discarded after twenty minutes without a run, but not during its load", () => {
    const pool = withReplicas(25)
    pool.slot(second).isLoading = true
    pool.dropIdle(20n * 60_000_000_000n + 2n)
    assert.deepStrictEqual(kept(pool), [false, true])
  })

  it("to discard many replicas, the pool asks each of them for its size at most twice", () => {
    const replica = makeReplica(stateAt("10:10:"))
    let asked = 0
    const store = {
      ...replica.store,
      get size() {
        asked += 1
        return 10
      }
    }
    const pool = makeReplicaPool(rowsPerReplica + 10)
    const organizations = Array.from({ length: 50 }, (_, index) => OrgId.make(`org ${index}`))
    for (const [index, organizationId] of organizations.entries()) {
      Object.assign(pool.slot(organizationId), { replica: { ...replica, store }, usedAt: BigInt(index) })
      pool.slot(OrgId.make(`without a replica ${index}`))
    }
    pool.trim()
    assert.isAtMost(asked, 2 * organizations.length)
    const kept = organizations.filter((organizationId) => pool.slot(organizationId).replica !== undefined)
    assert.deepStrictEqual(kept, organizations.slice(-1))
  })
})
