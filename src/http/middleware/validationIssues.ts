import { SchemaAST, SchemaIssue } from "effect"
import type { HttpApiError } from "effect/http-api"
import type { Issue } from "../../domain/InvalidRequest.ts"

const mostIssues = 20
const longest = 200

const notAnObject = "Expected object"

/** What is missing or wrong, without the names that we gave our schemas: they mend no request. */
const format = SchemaIssue.makeFormatterStandardSchemaV1({
  leafHook: (issue) =>
    issue._tag === "InvalidType" && SchemaAST.isObjects(issue.ast) ? notAnObject : SchemaIssue.defaultLeafHook(issue)
})

/** Without what is not told anyway: a body can be wrong in a hundred thousand places. */
const trimmed = (issue: SchemaIssue.Issue): SchemaIssue.Issue => {
  switch (issue._tag) {
    case "Pointer":
      return new SchemaIssue.Pointer(issue.path, trimmed(issue.issue))
    case "Filter":
      return new SchemaIssue.Filter(issue.filter, trimmed(issue.issue))
    case "Composite": {
      const [first, ...others] = issue.issues
      return new SchemaIssue.Composite(issue.ast, [trimmed(first), ...others.slice(0, mostIssues - 1).map(trimmed)])
    }
    case "AnyOf":
      return new SchemaIssue.AnyOf(issue.ast, issue.issues.slice(0, mostIssues).map(trimmed))
    default:
      return issue
  }
}

/** A body is decoded as one of its route's schemas. Ours have one each, so what is not even one of them is no object. */
const isNoObject = ({ cause: { issue }, kind }: HttpApiError.HttpApiSchemaError) =>
  kind === "Payload" && issue._tag === "AnyOf" && issue.issues.length === 0

type Segment = PropertyKey | { readonly key: PropertyKey }

/** `layout.widgets[3].chart` */
const join = (path: ReadonlyArray<Segment>): string =>
  path
    .map((segment) => typeof segment === "object" ? segment.key : segment)
    .map((key, index) => typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`)
    .join("")

const short = (text: string): string => text.slice(0, longest).toWellFormed()

/** The first twenty things that are wrong with a request, each with its place. */
export const issuesOf = (error: HttpApiError.HttpApiSchemaError): ReadonlyArray<Issue> =>
  isNoObject(error)
    ? [{ path: "", message: notAnObject }]
    : format(trimmed(error.cause.issue)).issues.slice(0, mostIssues).map(({ message, path }) => ({
      path: short(join(path ?? [])),
      message: short(message)
    }))
