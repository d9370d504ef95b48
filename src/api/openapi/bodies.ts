import { child, type Node, withOperations } from "./jsonTree.ts"

/** A body that cannot be read is only told of where there is one. */
export const withWholeBodies = (document: Node): Node =>
  withOperations(document, (operation) => {
    const { 413: tooLarge, 415: otherType, ...responses } = child(operation, "responses")
    const ofBody = "requestBody" in operation ? { 413: tooLarge, 415: otherType } : {}
    return { ...operation, responses: { ...responses, ...ofBody } }
  })
