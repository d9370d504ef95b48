import type { Random } from "../../../src/data/Random.ts"
import { inserted, many, ofAccess, shapes } from "./shapes.ts"

export type Ending = "commit" | "rollback" | "prepare"

/** A held transaction stays open between its statements, while other writers go on. */
export interface Written {
  readonly shape: string
  readonly statements: ReadonlyArray<string>
  readonly ending: Ending
  readonly isHeld: boolean
  /** Is true if the transaction changes members or organizations. */
  readonly changesAccess: boolean
}

const undone = (statement: string, name: string) => `SAVEPOINT ${name}; ${statement}; ROLLBACK TO ${name}`

const kept = (statement: string, name: string) => `SAVEPOINT ${name}; ${statement}; RELEASE ${name}`

/** Makes 70 subtransactions, because PostgreSQL keeps at most 64 of a transaction in memory. */
const deep = (statement: string) =>
  [...Array.from({ length: 70 }, (_, level) => `SAVEPOINT level${level}`), statement].join("; ")

const inSavepoints = (chance: Random, statements: ReadonlyArray<string>) =>
  statements.map((statement, index) =>
    chance.weighted<(statement: string, name: string) => string>([[undone, 4], [kept, 4], [deep, 1]])(
      statement,
      `s${index}`
    )
  )

const names = Object.keys(shapes)

export const writtenBy = (chance: Random, folder: string): Written => {
  const base = { ending: "commit", isHeld: false, changesAccess: false } as const
  if (chance.chance(0.012)) return { ...base, shape: "many changes", statements: [many(chance, folder)] }
  if (chance.chance(0.06)) {
    return { ...base, shape: "access", statements: [ofAccess(chance, folder)], changesAccess: true }
  }
  const picked = Array.from({ length: chance.integer(1, 4) }, () => chance.pick(["insert", ...names]))
  const statements = picked.map((name) => (shapes[name] ?? inserted)(chance, folder))
  const shape = chance.weighted([["plain", 10], ["savepoints", 3], ["rolled back", 2], ["long", 3], ["prepared", 2]])
  return {
    ...base,
    shape: [shape, ...new Set(picked)].join("/"),
    statements: shape === "savepoints" || chance.chance(0.1) ? inSavepoints(chance, statements) : statements,
    ending: shape === "rolled back" ? "rollback" : shape === "prepared" ? "prepare" : "commit",
    isHeld: shape === "long" || (shape === "rolled back" && chance.chance(0.5))
  }
}
