import { SchemaAST, SchemaIssue } from "effect"
import type { HttpApiError } from "effect/http-api"
import type { Issue } from "../../domain/InvalidRequest.ts"

export const maxIssues = 20
const maxLength = 200

const notAnObject = "Expected object"

/** Messages omit the names of internal schemas, which clients do not know. */
const format = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) =>
    issue._tag === "InvalidType" && SchemaAST.isObjects(issue.ast) ? notAnObject : SchemaIssue.defaultLeafHook(issue)
})

/** A body can have a hundred thousand issues, so only the first ones are formatted. */
const trimmed = (issue: SchemaIssue.Issue): SchemaIssue.Issue => {
  switch (issue._tag) {
    case "Pointer":
      return new SchemaIssue.Pointer(issue.path, trimmed(issue.issue))
    case "Encoding":
      return new SchemaIssue.Encoding(issue.ast, trimmed(issue.issue))
    case "Filter":
      return new SchemaIssue.Filter(issue.filter, trimmed(issue.issue))
    case "Composite": {
      const [first, ...others] = issue.issues
      return new SchemaIssue.Composite(issue.ast, [trimmed(first), ...others.slice(0, maxIssues - 1).map(trimmed)])
    }
    case "AnyOf":
      return new SchemaIssue.AnyOf(issue.ast, issue.issues.slice(0, maxIssues).map(trimmed))
    default:
      return issue
  }
}

/** If the body is not an object, Effect reports an `AnyOf` without issues. */
const isNoObject = ({ cause: { issue }, kind }: HttpApiError.HttpApiSchemaError) =>
  kind === "Payload" && issue._tag === "AnyOf" && issue.issues.length === 0

type Segment = PropertyKey | { readonly key: PropertyKey }

const join = (path: ReadonlyArray<Segment>): string =>
  path
    .map((segment) => typeof segment === "object" ? segment.key : segment)
    .map((key, index) => typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`)
    .join("")

export const short = (text: string): string => text.slice(0, maxLength).toWellFormed()

export const validationIssues = (error: HttpApiError.HttpApiSchemaError): ReadonlyArray<Issue> =>
  isNoObject(error)
    ? [{ path: "", message: notAnObject }]
    : format(trimmed(error.cause.issue)).issues.slice(0, maxIssues).map(({ message, path }) => ({
      path: short(join(path ?? [])),
      message: short(message)
    }))
