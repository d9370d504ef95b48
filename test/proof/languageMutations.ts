import type { Mutation } from "./mutations.ts"

/** With these faults, people get texts in a wrong language, or a language lacks texts. */
export const languageMutations: ReadonlyArray<Mutation> = [
  {
    name: "the page and the service ignore the preferred languages",
    file: "src/languages/Language.ts",
    find: "preferred.find((locale) => languageOf(locale) !== undefined) ?? ",
    replace: "preferred.find(() => false) ?? ",
    tests: ["languages/compile"]
  },
  {
    name: "a language without a text is compiled",
    file: "src/languages/compile.ts",
    find: "if (problems.length > 0) throw",
    replace: "if (problems.length < 0) throw",
    tests: ["languages/compile"]
  }
]
