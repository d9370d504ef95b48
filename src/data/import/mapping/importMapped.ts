import { Effect } from "effect"
import { importSources } from "../importFolders.ts"
import { type Fault, Faults } from "../ImportRefused.ts"
import { mappedSources } from "./mappedSources.ts"
import type { Mapping, Organization } from "./Mapping.ts"

const refused = (fault: Fault) => {
  const faults = new Faults()
  faults.add(fault)
  return faults.refusal()
}

/** Imports the exports in the folders. The preview says what was stored, in lines. */
export const importMapped = Effect.fn("importMapped")(function*(
  folders: ReadonlyArray<string>,
  mapping: Mapping,
  { encoding, isDryRun = false, organization = {} }: {
    readonly encoding?: string | undefined
    readonly organization?: Organization
    readonly isDryRun?: boolean
  } = {}
) {
  const { preview, sources } = yield* mappedSources(folders, mapping, { encoding, organization }).pipe(
    Effect.mapError(refused)
  )
  const imported = yield* importSources(sources, { isDryRun })
  return { ...imported, preview: preview() }
})
