import { createServer } from "node:http"

/** The service imports this file with `--import`. Its port returns the memory in use after a garbage collection. */
createServer((_, response) => {
  globalThis.gc?.()
  response.end(JSON.stringify(process.memoryUsage()))
}).listen(Number(process.env["MEMORY_PORT"]), "127.0.0.1").unref()
