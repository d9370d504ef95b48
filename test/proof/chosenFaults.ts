import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { parseArgs } from "node:util"
import { seedOf } from "../../src/data/Random.ts"
import { type Mutation, mutations } from "./mutations.ts"

const root = resolve(import.meta.dirname, "../..")

/** The faults as they were defined at a commit. */
const faultsAt = async (commit: string): Promise<ReadonlyArray<Mutation>> => {
  const folder = mkdtempSync(join(tmpdir(), "crm-reports-faults-"))
  try {
    const archive = execFileSync("git", ["archive", commit, "src", "test/proof", "package.json"], {
      cwd: root,
      maxBuffer: 1024 ** 3
    })
    execFileSync("tar", ["-x", "-C", folder], { input: archive })
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
    const module: { readonly mutations: ReadonlyArray<Mutation> } = await import(
      join(folder, "test/proof/mutations.ts")
    )
    return module.mutations
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A fault is affected by a change of its source file, of a test that catches it, or of its definition. */
export const affectedBy = (changedFiles: ReadonlyArray<string>, faultsBefore: ReadonlyArray<Mutation>) => {
  const changed = new Set(changedFiles)
  const before = new Set(faultsBefore.map((fault) => JSON.stringify(fault)))
  return (fault: Mutation) =>
    changed.has(fault.file) || fault.tests.some((test) => changed.has(`test/${test}.test.ts`)) ||
    !before.has(JSON.stringify(fault))
}

const affectedSince = async (commit: string) => {
  const changedFiles = execFileSync("git", ["diff", "--name-only", commit], { cwd: root, encoding: "utf8" })
  return affectedBy(changedFiles.split("\n"), await faultsAt(commit))
}

/**
 * Words select the faults whose name or file contains one of them. `--since COMMIT` selects the faults that a change
 * since that commit affects. If these are more than `--most N`, N of them are drawn at random by `--seed S`.
 */
export const chosenFaults = async (args: ReadonlyArray<string>): Promise<ReadonlyArray<Mutation>> => {
  const { positionals: words, values: { most, seed = "0", since } } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { since: { type: "string" }, most: { type: "string" }, seed: { type: "string" } }
  })
  const isAffected = since === undefined ? () => true : await affectedSince(since)
  const chosen = mutations.filter((fault) =>
    isAffected(fault) && (words.length === 0 || words.some((word) => `${fault.name} ${fault.file}`.includes(word)))
  )
  if (most === undefined || chosen.length <= Number(most)) return chosen
  process.stdout.write(`${most} of ${chosen.length} faults are drawn by --seed ${seed}; .ci/full plants all of them\n`)
  const ranked = chosen.map((fault, index) => ({ fault, rank: seedOf(Number(seed), index) }))
  return ranked.toSorted((a, b) => a.rank - b.rank).slice(0, Number(most)).map(({ fault }) => fault)
}
