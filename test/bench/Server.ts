import { Context, Effect, Layer, Option, type Redacted } from "effect"
import { mkdir } from "node:fs/promises"
import { totalmem } from "node:os"
import { resolve } from "node:path"
import { Config } from "../../src/Config.ts"
import { serverIn } from "../support/embeddedServer.ts"

const megabytes = (share: number) => `${Math.floor(totalmem() * share / 1024 / 1024)}MB`

/** These settings suit a machine that runs only a database. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: megabytes(0.2),
  effective_cache_size: megabytes(0.6),
  maintenance_work_mem: megabytes(0.03),
  max_wal_size: "2GB",
  random_page_cost: "1.1",
  synchronous_commit: "off",
  jit: "off",
  // Many short queries run at the same time, so each uses only one core.
  max_parallel_workers_per_gather: "0"
}

/** Both contenders use this PostgreSQL server. */
export class Server extends Context.Service<Server, {
  readonly url: Redacted.Redacted
  /** The process id is undefined if `DATABASE_URL` names the server. */
  readonly pid: number | undefined
}>()("crm-reports/bench/Server") {
  /** Uses the server of `DATABASE_URL`, or starts one. The files of a started server stay in the folder. */
  static readonly layerIn = (folder: string) =>
    Layer.effect(
      Server,
      Effect.gen(function*() {
        const given = yield* Config.databaseUrl
        if (Option.isSome(given)) return { url: given.value, pid: undefined }
        const place = resolve(folder, "server")
        yield* Effect.promise(() => mkdir(place, { recursive: true }))
        const { pid, url } = yield* serverIn(place, settings)
        return { url, pid }
      })
    )
}
