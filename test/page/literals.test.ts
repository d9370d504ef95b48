import { assert, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseSync } from "vite"
import { page as messages } from "../../src/languages/compiled/en/page.ts"

const src = join(import.meta.dirname, "../../src")
const page = join(src, "page")

type Node = { readonly type: string; readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"

const childrenOf = (node: Node): ReadonlyArray<Node> => Object.values(node).flat().filter(isNode)

const fieldOf = (node: Node, key: string): ReadonlyArray<Node> => [node[key]].flat().filter(isNode)

/** The texts of one literal or template. */
const textsOf = (node: Node): ReadonlyArray<string> => {
  if (node.type === "Literal" && typeof node["value"] === "string") return [node["value"]]
  if (node.type === "JSXText" && typeof node["value"] === "string") return [node["value"]]
  return node.type === "TemplateLiteral"
    ? fieldOf(node, "quasis").map(({ value }) =>
      typeof value === "object" && value !== null && "cooked" in value ? `${value.cooked}` : ""
    )
    : []
}

/** The literals that an expression can give, without those that it only passes to functions or compares. */
const shownBy = (node: Node): ReadonlyArray<string> => {
  const parts: { readonly [type: string]: ReadonlyArray<string> } = {
    JSXExpressionContainer: ["expression"],
    ConditionalExpression: ["consequent", "alternate"],
    LogicalExpression: ["left", "right"],
    BinaryExpression: node["operator"] === "+" ? ["left", "right"] : []
  }
  return [...textsOf(node), ...(parts[node.type] ?? []).flatMap((key) => fieldOf(node, key)).flatMap(shownBy)]
}

/** The values of these attributes are read by the browser or by other code, and not by a person. */
const technical =
  /^(align|autoSelect|aria-(autocomplete|busy|current|describedby|expanded|hidden|invalid|keyshortcuts|labelledby|live|pressed|sort)|by|chart|className|d|dir|data-.*|height|href|html[fF]or|icon|id|inputMode|key|lang|max|min|part|path|popover|popoverTarget|rel|role|rx|scope|size|step|tabIndex|target|transform|type|value|viewBox|width)$/

const nameOf = (node: Node): string => fieldOf(node, "name").map(({ name }) => `${name}`).join()

const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text)

/** A text that begins with a word in capitals is a text for people, wherever it is. */
const isSentence = (text: string): boolean => /^\s*\p{Lu}\p{Ll}/u.test(text)

const literalsIn = (node: Node): ReadonlyArray<string> => {
  // The attribute of an icon is the name of its drawing.
  if (node.type === "JSXOpeningElement" && nameOf(node) === "Icon") return []
  const texts = textsOf(node).filter(isSentence)
  const shown = node.type === "JSXText" ? textsOf(node) : node.type === "JSXElement" || node.type === "JSXFragment"
    ? fieldOf(node, "children").flatMap(shownBy)
    : node.type === "JSXAttribute" && !technical.test(nameOf(node))
    ? fieldOf(node, "value").flatMap(shownBy)
    : []
  return [...texts, ...shown.filter(hasWords), ...childrenOf(node).flatMap(literalsIn)]
}

/** Keys, names of languages, of a product, of components, and of errors, a scheme of HTTP, and an error of the code. */
const names = new Set([
  "ArrowDown",
  "Enter",
  "Escape",
  "English",
  "Español",
  "Deutsch",
  "Excel (XLSX)",
  "Content",
  "Plot",
  "AbortError",
  "Bearer ",
  "Control+K /",
  "Nobody is signed in here."
])

it("every text that the page shows is a message of src/languages", () => {
  const files = globSync("**/*.{ts,tsx}", { cwd: page })
  const found = files.flatMap((file) => {
    const { program } = parseSync(file, readFileSync(join(page, file), "utf8"))
    if (!isNode(program)) return [`${file}: cannot be read`]
    return [...new Set(literalsIn(program))].filter((text) => !names.has(text)).map((text) => `${file}: ${text.trim()}`)
  })
  assert.isAbove(files.length, 50)
  assert.deepStrictEqual(found, [])
})

/** Labels that runs have, fonts, parts of spreadsheets, messages between processes, and errors for the log. */
const technicalTexts = new Set([
  "Nobody",
  "No reason",
  "Inter",
  "DejaVu Sans",
  "Noto Emoji",
  "Made",
  "Ready",
  "Failed",
  "NotInstalled",
  "WorkerGone",
  "WorkerFailed",
  "Inter, system-ui, sans-serif",
  "a file could not be made",
  "a document process started twice",
  "is a collection of fonts",
  "could not be displayed with font",
  "the process ended with",
  "General",
  "Chart 1",
  "Relationship",
  "Relationships",
  "Override"
])

/** A template is one text. Tags, rules of CSS, and formats of spreadsheets are no texts for people. */
const wholeTextsIn = (node: Node): ReadonlyArray<string> => [
  textsOf(node).join(""),
  ...childrenOf(node).flatMap(wholeTextsIn)
]

const isForPeople = (text: string): boolean =>
  !/^(font-family:|:root\{|yyyy)/.test(text.trim()) &&
  (isSentence(text) || /\p{L}{2,}\P{L}+\p{L}{2,}/u.test(text) && /\p{L} \p{L}/u.test(text))

it.each(["presentation", "documents"])("src/%s has no text that is not a message of src/languages", (folder) => {
  // A program in Typst, whose texts are its data.
  const files = globSync("**/*.ts", { cwd: join(src, folder), exclude: ["pdfTemplate.ts"] })
  const found = files.flatMap((file) => {
    const { program } = parseSync(file, readFileSync(join(src, folder, file), "utf8"))
    if (!isNode(program)) return [`${file}: cannot be read`]
    const texts = wholeTextsIn(program).flatMap((text) =>
      text.replaceAll(/<style>.*?<\/style>|<[^>]*(>|$)/gs, "\n").split("\n").map((line) => line.trim())
    )
    return [...new Set(texts)].filter((text) => isForPeople(text) && !technicalTexts.has(text)).map((text) =>
      `${file}: ${text}`
    )
  })
  assert.isAbove(files.length, 20)
  assert.deepStrictEqual(found, [])
})

it("the page uses every message that it has", () => {
  const texts = globSync("**/*.{ts,tsx}", { cwd: page }).map((file) => readFileSync(join(page, file), "utf8")).join()
  const used = new Set([...texts.matchAll(/\bt\.(\w+)/g)].map(([, key]) => key))
  assert.deepStrictEqual(Object.keys(messages).filter((key) => !used.has(key)), [])
})
