import { Effect } from "effect"
import { cp, mkdir, readdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { root } from "./documents.ts"
import { temporaryFolder } from "./folder.ts"

/** Copies the sources without the built page, and links all packages except the optional Typst package. */
export const withoutTypst = Effect.gen(function*() {
  const folder = yield* temporaryFolder
  yield* Effect.promise(async () => {
    const packages = join(folder, "node_modules")
    await mkdir(packages)
    const names = await readdir(join(root, "node_modules"))
    await Promise.all([
      ...["src", "migrations"].map((name) => cp(join(root, name), join(folder, name), { recursive: true })),
      cp(join(root, "package.json"), join(folder, "package.json")),
      ...names.filter((name) => name !== "@myriaddreamin").map((name) =>
        symlink(join(root, "node_modules", name), join(packages, name))
      )
    ])
  })
  return folder
})
