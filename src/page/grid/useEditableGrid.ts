import { useEffect, useState } from "react"
import type { EditableGrid } from "./EditableGrid.tsx"

type Editable = typeof EditableGrid

const held: { grid: Editable | undefined } = { grid: undefined }

/** Loads the grid that can be dragged, which is a file of its own. */
export const loadEditableGrid = async (): Promise<Editable> =>
  held.grid ??= (await import("./EditableGrid.tsx")).EditableGrid

/** Undefined until the grid is loaded. Without a connection cards are still arranged by keyboard. */
export const useEditableGrid = (isWanted: boolean): Editable | undefined => {
  const [grid, setGrid] = useState(() => held.grid)
  useEffect(() => {
    if (!isWanted || grid !== undefined) return
    const waiting = { isOver: false }
    loadEditableGrid().then(
      (loaded) => {
        if (!waiting.isOver) setGrid(() => loaded)
      },
      () => {}
    )
    return () => {
      waiting.isOver = true
    }
  }, [grid, isWanted])
  return grid ?? held.grid
}
