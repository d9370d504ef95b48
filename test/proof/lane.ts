import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { createVitest, type TestCase, type Vitest } from "vitest/node"
import { isClaim, type Outcome, type Trial } from "./Trial.ts"

const folder = process.cwd()

/** An error that is thrown as text has neither a message nor a stack. */
const firstLine = (error: { readonly message?: string; readonly stack?: string }) =>
  (error.stack ?? error.message ?? String(error)).split("\n")[0] ?? ""

const messagesOf = (test: TestCase) => (test.result().errors ?? []).map(firstLine)

/** After a failed assertion, other tests have this time to stop. A test that waits for a test clock never stops. */
const limitAfterClaim = 15_000

const vitestIn = async (onFalseClaim: (messages: ReadonlyArray<string>) => void) => {
  const vitest: Vitest = await createVitest("test", {
    root: folder,
    config: join(folder, "test/vitest.config.ts"),
    watch: false,
    update: "none",
    maxWorkers: 1,
    reporters: [{
      onTestCaseResult: (test) => {
        const messages = messagesOf(test)
        if (!messages.some(isClaim)) return
        // The other tests of the file are cancelled, because a single failed assertion catches the fault.
        void vitest.cancelCurrentRun("test-failure")
        onFalseClaim(messages)
      }
    }]
  })
  return vitest
}

/** Runs one test file. The messages also contain the errors outside of tests. */
const outcomeOf = async (vitest: Vitest, test: string): Promise<Outcome> => {
  const file = join(folder, "test", `${test}.test.ts`)
  const specification = vitest.getRootProject().createSpecification(file)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification])
  const found = testModules.find(({ moduleId }) => moduleId === file)
  const tests = [...found?.children.allTests() ?? []]
  const elsewhere = [
    ...found?.errors() ?? [],
    ...[...found?.children.allSuites() ?? []].flatMap((suite) => suite.errors())
  ]
  return {
    hasLoaded: tests.length > 0,
    messages: [...tests.flatMap(messagesOf), ...elsewhere.map(firstLine), ...unhandledErrors.map(String)]
  }
}

const tried = async (vitest: Vitest, { fault, seed, stores, test }: Trial) => {
  process.env["PROOF_STORES"] = String(stores)
  process.env["PROOF_SEED"] = String(seed)
  if (fault === undefined) return outcomeOf(vitest, test)
  const file = join(folder, fault.file)
  const source = await readFile(file, "utf8")
  const write = async (text: string) => {
    await writeFile(file, text)
    vitest.invalidateFile(file)
  }
  await write(source.replace(fault.find, () => fault.replace))
  const outcome = await outcomeOf(vitest, test)
  await write(source)
  return outcome
}

/** The program tries faults in the copy of the project in which it is started. */
if (import.meta.main) {
  let onFalseClaim: (messages: ReadonlyArray<string>) => void
  const vitest = await vitestIn((messages) => onFalseClaim(messages))
  process.on("message", async (trial: Trial) => {
    const hanging = new Promise<Outcome>((resolve) => {
      onFalseClaim = async (messages) => {
        await setTimeout(limitAfterClaim)
        resolve({ hasLoaded: true, messages, hangs: true })
      }
    })
    const outcome = await Promise.race([tried(vitest, trial), hanging])
    if (process.connected) process.send?.(outcome)
  })
  process.once("disconnect", async () => {
    await vitest.close()
    process.exit()
  })
}
