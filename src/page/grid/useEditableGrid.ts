import { useEffect, useState } from "react"
import { untilLoaded } from "../shell/untilLoaded.ts"
import type { EditableGrid } from "./EditableGrid.tsx"

type Editable = typeof EditableGrid

const held: { grid: Editable | undefined } = { grid: undefined }

export const loadEditableGrid = async (): Promise<Editable> =>
  held.grid ??= (await import("./EditableGrid.tsx")).EditableGrid

export const useEditableGrid = (isWanted: boolean): Editable | undefined => {
  const [grid, setGrid] = useState(() => held.grid)
  useEffect(() => {
    if (!isWanted || grid !== undefined) return
    const waiting = { isOver: false }
    untilLoaded(loadEditableGrid).then(
      (loaded) => {
        if (!waiting.isOver) setGrid(() => loaded)
      },
      () => {}
    )
    return () => {
      waiting.isOver = true
    }
  }, [grid, isWanted])
  return isWanted ? grid ?? held.grid : undefined
}
