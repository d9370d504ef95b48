import { resolve } from "node:path"
import { configDefaults, defineConfig } from "vitest/config"

/** Ends a test that hangs. Tests have no limits of their own, because a busy machine could reach them. */
const hangLimit = 30 * 60_000

export default defineConfig({
  root: resolve(import.meta.dirname, ".."),
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/stranger/**"],
    globalSetup: ["test/support/globalSetup.ts"],
    setupFiles: ["test/support/setup.ts"],
    // Half of the tests wait for other processes.
    maxWorkers: "100%",
    // Loading the modules for each file again would take a third of the CPU time.
    isolate: false,
    testTimeout: hangLimit,
    hookTimeout: hangLimit,
    teardownTimeout: hangLimit / 10
  }
})
