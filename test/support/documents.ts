import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"

export const root = join(import.meta.dirname, "..", "..")

export interface Document {
  /** The path is relative to the project's folder. */
  readonly path: string
  readonly text: string
  /** The text has no code blocks and no code spans. */
  readonly prose: string
  /** Links name the headings by these fragments. */
  readonly anchors: ReadonlyArray<string>
}

const withoutBlocks = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "")

/** Returns the fragments that GitHub makes of the headings. A repeated heading gets a number. */
const anchorsOf = (text: string): ReadonlyArray<string> => {
  const slugs = [...withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  )
  return slugs.map((slug, index) => {
    const earlier = slugs.slice(0, index).filter((other) => other === slug).length
    return earlier === 0 ? slug : `${slug}-${earlier}`
  })
}

const documentAt = (path: string): Document => {
  const text = readFileSync(join(root, path), "utf8")
  return { path, text, prose: withoutBlocks(text).replace(/`[^`]*`/g, "``"), anchors: anchorsOf(text) }
}

/** Contains README, CONTRIBUTING, CHANGELOG and all of docs/. */
export const documents: ReadonlyArray<Document> = globSync(["*.md", "docs/**/*.md"], { cwd: root }).sort()
  .map(documentAt)

export const documentNamed = (path: string): Document => {
  const document = documents.find((document) => document.path === path)
  if (document === undefined) throw new Error(`there is no ${path}`)
  return document
}

/** Returns the targets of links and pictures. */
export const linksOf = ({ prose }: Document): ReadonlyArray<string> =>
  [...prose.matchAll(/\]\(([^)\s]+)\)/g), ...prose.matchAll(/(?:src|href|srcset)="([^"]+)"/g)].map(([, link = ""]) =>
    link
  )

/** Returns the code spans of a document. */
export const codeIn = ({ text }: Document): ReadonlyArray<string> =>
  [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code)

export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => word !== "").length
