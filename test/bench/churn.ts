import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { ColumnStore } from "../../src/columnStore/ColumnStore.ts"
import { imageFields } from "../../src/columnStore/projection.ts"
import { decodeRows } from "../../src/services/database/statements.ts"
import { rowImages } from "../../src/services/replica/rowImages.ts"
import { percentile } from "./figures.ts"

type Image = ReadonlyArray<unknown>

const decodeImages = decodeRows(
  Schema.Struct({ image: Schema.fromJsonString(Schema.Array(Schema.Unknown)) })
)

/** Returns `count` stored leads. Calls with equal arguments return equal leads. */
export const leadsToChange = Effect.fnUntraced(function*(organizationId: string, count: number) {
  const sql = yield* SqlClient.SqlClient
  const select = `SELECT ${rowImages.get("leads")}::text AS image FROM crm.leads r
    WHERE r.organization_id = $1 ORDER BY md5(r.lead_id) LIMIT ${count}`
  return (yield* decodeImages(sql.unsafe(select, [organizationId]))).map(({ image }) => image)
})

const statusAt = (imageFields.get("leads") ?? []).findIndex(({ name }) => name === "status")
const statuses = ["lead", "potential", "client", "on_hold"]

const updated = (image: Image, turn: number): Image =>
  image.map((cell, index) => index === statusAt ? statuses[turn % statuses.length] : cell)

const millisOf = (work: () => void) => {
  const started = process.cpuUsage()
  work()
  const { system, user } = process.cpuUsage(started)
  return (user + system) / 1000
}

const update = (store: ColumnStore, images: Array<Image>, place: number, turn: number) => {
  const [before, after] = [images[place] ?? [], updated(images[place] ?? [], turn)]
  store.append("leads", -1, before)
  store.append("leads", 1, after)
  images[place] = after
}

const sort = (store: ColumnStore) => {
  const steps = store.sort()
  while (steps.next().done !== true);
}

/** Returns the CPU milliseconds of appending 10,000 changes, and of sorting them into the column store. */
export const mergeMillis = (store: ColumnStore, images: Array<Image>, turn: number) => ({
  appended: millisOf(() => {
    for (let place = 0; place < 5_000; place++) update(store, images, place, turn)
  }),
  merged: millisOf(() => sort(store))
})

/** Simulates an hour with 200 updates a second, as fast as possible. The store sorts some rows after each second. */
export const churned = (store: ColumnStore, images: Array<Image>, count: () => void) => {
  const looks: Array<number> = []
  const reports: Array<number> = []
  let entries = store.size
  for (let second = 0; second < 3_600; second++) {
    looks.push(millisOf(() => {
      for (let row = 0; row < 200; row++) update(store, images, (second * 200 + row) % images.length, second)
      store.sortSome()
    }))
    if (second % 10 === 0) reports.push(millisOf(count))
    entries = Math.max(entries, store.size)
  }
  return {
    entries,
    look: [0.5, 0.99, 1].map((share) => percentile(looks, share)),
    report: [0.5, 0.99, 1].map((share) => percentile(reports, share))
  }
}
