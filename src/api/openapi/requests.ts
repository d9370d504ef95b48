import {
  child,
  isJsonObject,
  type JsonObject,
  mapValues,
  nameOf,
  operationsOf,
  reachedFrom,
  schemasOf,
  textsOf,
  withOperations,
  withSchemas
} from "./jsonTree.ts"

const none: JsonObject = { type: "null" }
const isNone = (choice: unknown) => isJsonObject(choice) && choice["type"] === "null"

const nullable = (property: JsonObject): JsonObject => {
  const { $ref, ...rest } = property
  const { anyOf, enum: values, type } = rest
  if ($ref !== undefined) return { anyOf: [{ $ref }, none], ...rest }
  if (Array.isArray(anyOf)) return anyOf.some(isNone) ? property : { ...property, anyOf: [...anyOf, none] }
  if (typeof type !== "string") return property
  return { ...property, type: [type, "null"], ...(Array.isArray(values) && { enum: [...values, null] }) }
}

const withNullableOptions = (schema: JsonObject): JsonObject => {
  const required = textsOf(schema["required"])
  if (!isJsonObject(schema["properties"])) return schema
  const properties = mapValues(
    schema["properties"],
    (property, name) => required.includes(name) ? property : nullable(property)
  )
  return { ...schema, properties }
}

const requestSchema = (operation: JsonObject): JsonObject =>
  child(operation, "requestBody", "content", "application/json", "schema")

/** In a request, an optional property may be null. */
export const withNullableRequests = (document: JsonObject): JsonObject => {
  const reached = reachedFrom(document, operationsOf(document).map(requestSchema))
  return withSchemas(
    document,
    (schemas) => mapValues(schemas, (schema, name) => reached.has(name) ? withNullableOptions(schema) : schema)
  )
}

/** A body with known properties may be absent if it needs none of them. */
export const withOptionalBodies = (document: JsonObject): JsonObject =>
  withOperations(document, (operation) => {
    const schema = requestSchema(operation)
    const known = child(schemasOf(document), nameOf(schema) ?? "")
    const needsSome = textsOf(known["required"]).length > 0 || known["minProperties"] !== undefined
    const isOptional = isJsonObject(operation["requestBody"]) && isJsonObject(known["properties"]) && !needsSome
    return isOptional
      ? { ...operation, requestBody: { ...child(operation, "requestBody"), required: false } }
      : operation
  })
