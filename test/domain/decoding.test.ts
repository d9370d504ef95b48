import { assert, describe, it } from "@effect/vitest"
import { Schema, type SchemaAST } from "effect"
import { RunRequest } from "../../src/domain/Run.ts"

const childrenOf = (ast: SchemaAST.AST): ReadonlyArray<SchemaAST.AST> => {
  switch (ast._tag) {
    case "Arrays":
      return [...ast.elements, ...ast.rest]
    case "Objects":
      return [...ast.propertySignatures.map(({ type }) => type), ...ast.indexSignatures.map(({ type }) => type)]
    case "Union":
      return ast.types
    default:
      return []
  }
}

const everyPart = (ast: SchemaAST.AST): ReadonlyArray<SchemaAST.AST> => [ast, ...childrenOf(ast).flatMap(everyPart)]

describe("a run's request", () => {
  it("the schema of a run request has no transformations, declarations or recursion, which decode slowly", () => {
    const parts = everyPart(Schema.toCodecJson(RunRequest).ast)
    const slow = parts.filter(({ _tag, encoding }) =>
      encoding !== undefined || _tag === "Declaration" || _tag === "Suspend"
    )
    assert.isAbove(parts.length, 15)
    assert.deepStrictEqual(slow.map(({ _tag }) => _tag), [])
  })
})
