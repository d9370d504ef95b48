// The messages are compiled and the page is built only if the development dependencies are installed.
import { join } from "node:path"

const vite = await import("vite").catch(() => undefined)
if (vite === undefined) process.stdout.write("page: not built, because development dependencies are left out\n")
else {
  const { writeCompiled } = await import("../languages/compile.ts")
  writeCompiled()
  await vite.build({ configFile: join(import.meta.dirname, "vite.config.ts"), logLevel: "warn" })
}
