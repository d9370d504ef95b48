import { Data } from "effect"

/** Why nothing was imported: the place, as an editor understands it, and the reason, in one line. */
export class ImportRefused extends Data.TaggedError("ImportRefused")<{
  /** `FOLDER`, `FILE`, `FILE:LINE` or `FILE:LINE COLUMN`. */
  readonly place: string
  readonly reason: string
}> {
  override get message() {
    return `${this.place}: ${this.reason}`
  }
}
