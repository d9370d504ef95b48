import { Effect } from "effect"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Creates an empty folder, which is removed when the scope closes. */
export const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "crm-reports-test-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true }))
)
