import { OpenApi } from "effect/http-api"
import { Api } from "../Api.ts"
import { withWholeBodies } from "./bodies.ts"
import { withNotes } from "./descriptions.ts"
import { withWords } from "./enums.ts"
import { withFailures } from "./errors.ts"
import { withExamples } from "./examples/examples.ts"
import { guide } from "./guide.ts"
import { withEveryHeader } from "./headers.ts"
import { child, type Node, withoutOrphans } from "./jsonTree.ts"
import { tidy } from "./normalize.ts"
import { withCatalogWidgets } from "./widgets.ts"

const withGuide = (document: Node): Node => ({
  ...document,
  info: { ...child(document, "info"), description: guide }
})

const steps = [
  tidy,
  withWholeBodies,
  withWords,
  withCatalogWidgets,
  withNotes,
  withFailures,
  withEveryHeader,
  withExamples,
  withGuide,
  withoutOrphans
]

/** The contract, with everything that a document says and a schema does not. */
export const DescribedApi = Api.annotate(
  OpenApi.Transform,
  (document) => steps.reduce((told: Node, step) => step(told), document)
)

/** A copy, free of the generator's types. */
export const document = (): Node => ({ ...OpenApi.fromApi(DescribedApi) })
