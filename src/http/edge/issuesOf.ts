import { SchemaIssue } from "effect"
import type { HttpApiError } from "effect/http-api"
import type { Issue } from "../../domain/InvalidRequest.ts"

const mostIssues = 20
const longest = 200

const format = SchemaIssue.makeFormatterStandardSchemaV1()

type Segment = PropertyKey | { readonly key: PropertyKey }

/** `layout.widgets[3].chart` */
const join = (path: ReadonlyArray<Segment>): string =>
  path
    .map((segment) => typeof segment === "object" ? segment.key : segment)
    .map((key, index) => typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`)
    .join("")

const short = (text: string): string => text.slice(0, longest).toWellFormed()

/** The first twenty things that are wrong with a request, each with its place. */
export const issuesOf = ({ cause }: HttpApiError.HttpApiSchemaError): ReadonlyArray<Issue> =>
  format(cause.issue).issues.slice(0, mostIssues).map(({ message, path }) => ({
    path: short(join(path ?? [])),
    message: short(message)
  }))
