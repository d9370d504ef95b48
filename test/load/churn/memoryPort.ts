import { createServer } from "node:http"

/** Loaded into the service by `--import`: answers with the memory that is in use after a garbage collection. */
createServer((_, response) => {
  globalThis.gc?.()
  response.end(JSON.stringify(process.memoryUsage()))
}).listen(Number(process.env["MEMORY_PORT"]), "127.0.0.1").unref()
