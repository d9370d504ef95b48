import { availableParallelism } from "node:os"
import { resolve } from "node:path"
import { configDefaults, defineConfig } from "vitest/config"
import { hangLimit } from "./support/hangLimit.ts"
import { LongestFirst } from "./support/LongestFirst.ts"

export default defineConfig({
  root: resolve(import.meta.dirname, ".."),
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/stranger/**"],
    globalSetup: ["test/support/globalSetup.ts"],
    setupFiles: ["test/support/setup.ts"],
    // A worker waits about half of its time for a browser, a service or PostgreSQL, so there are two more than cores.
    maxWorkers: availableParallelism() + 2,
    // Loading the modules for each file again would take a third of the CPU time.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // On a busy machine, a file can take longer than the default of 30 seconds.
    env: { DOCUMENT_TIMEOUT: "1 hour" },
    testTimeout: hangLimit,
    hookTimeout: hangLimit,
    teardownTimeout: hangLimit / 10
  }
})
