import { lazy, useEffect } from "react"
import { isBehindDialog, isTyping } from "../builder/EditorKeys.tsx"
import { LazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"
import { toggleFullScreen } from "./commands.ts"

const FindDialog = lazy(async () => ({ default: (await import("./FindDialog.tsx")).FindDialog }))

interface FinderProps {
  readonly isOpen: boolean
  readonly onOpen: () => void
  readonly onClose: () => void
}

/** Opens the search by Ctrl+K, ⌘K or /, and toggles the full screen by f. */
export const Finder = ({ isOpen, onClose, onOpen }: FinderProps) => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWithControl = event.ctrlKey || event.metaKey
      if (event.altKey || isBehindDialog() || (!isWithControl && isTyping(event.target))) return
      const key = event.key.toLowerCase()
      if (isWithControl ? key === "k" : key === "/") {
        event.preventDefault()
        onOpen()
      } else if (!isWithControl && key === "f") toggleFullScreen()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [onOpen])
  if (!isOpen) return null
  return (
    <LazyDialog of={isOpen} problem={t.findNotLoaded()} onClose={onClose}>
      <FindDialog onClose={onClose} />
    </LazyDialog>
  )
}
