import { Context, Effect, Layer, Option, type Redacted } from "effect"
import { mkdir } from "node:fs/promises"
import { totalmem } from "node:os"
import { resolve } from "node:path"
import { Config } from "../../src/Config.ts"
import { serverIn } from "../support/embeddedServer.ts"

const megabytes = (share: number) => `${Math.floor(totalmem() * share / 1024 / 1024)}MB`

/** What a database of its own on this machine would be given. */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: megabytes(0.2),
  effective_cache_size: megabytes(0.6),
  maintenance_work_mem: megabytes(0.03),
  max_wal_size: "8GB",
  random_page_cost: "1.1",
  synchronous_commit: "off",
  jit: "off",
  // Many short questions at a time: a core each.
  max_parallel_workers_per_gather: "0"
}

/** The PostgreSQL that both contenders ask. */
export class Server extends Context.Service<Server, {
  readonly url: Redacted.Redacted
  /** Known for a server that we started. */
  readonly pid: number | undefined
}>()("crm-reports/bench/Server") {
  /** `DATABASE_URL`, else one whose files stay in the folder, so that a second run does not seed again. */
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
