import { Schema } from "effect"

/** PostgreSQL rejects NUL characters and unpaired surrogates. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\u0000")

export const unstorable = "must not contain NUL characters or unpaired surrogates"

/** The OpenAPI document leaves this check out, because JSON Schema cannot express it. */
export const undocumented: Pick<Schema.Annotations.Filter, "toJsonSchema"> = { toJsonSchema: () => [{}, true] }

const lengthIn = (text: string, minimum: number, maximum: number): boolean => {
  if (text.length < minimum || text.length > maximum * 2) return false
  if (text.length <= maximum && text.length >= minimum * 2) return true
  const length = Array.from(text).length
  return length >= minimum && length <= maximum
}

/** The length is counted in code points, as in JSON Schema. */
export const Text = ({ maximum, minimum = 0 }: { readonly maximum: number; readonly minimum?: number }) =>
  Schema.String.check(
    Schema.makeFilter((text: string) => isStorable(text) || unstorable, undocumented),
    Schema.makeFilter(
      (text: string) => lengthIn(text, minimum, maximum) || `must have ${minimum} to ${maximum} characters`,
      {
        toJsonSchema: () => ({ minLength: minimum, maxLength: maximum }),
        arbitraryConstraint: { minLength: minimum, maxLength: maximum }
      }
    )
  )

/** Returns the schema of a word from this list. Its error message lists the words. */
export const oneOf = <const Words extends ReadonlyArray<string>>(identifier: string, words: Words) =>
  Schema.Literals(words).annotate({ identifier, message: `Expected one of ${words.join(", ")}` })

export const Word = Text({ maximum: 200 })
