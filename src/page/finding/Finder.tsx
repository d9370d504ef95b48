import { useEffect, useRef } from "react"
import { isBehindDialog, isTyping } from "../builder/EditorKeys.tsx"
import { Dialog } from "../shell/Dialog.tsx"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"
import { TypedField } from "../shell/TypedField.tsx"
import { toggleFullScreen } from "./commands.ts"
import { useWakeLock } from "./useWakeLock.ts"

const FindDialog = lazyDialog(async () => (await import("./FindDialog.tsx")).FindDialog)
const ShortcutsDialog = lazyDialog(async () => (await import("./ShortcutsDialog.tsx")).ShortcutsDialog)

export type Finding = "find" | "shortcuts"

interface FinderProps {
  readonly shown: Finding | undefined
  readonly onShow: (shown: Finding | undefined) => void
}

/** Opens the search by Ctrl+K, ⌘K or /, shows the keyboard shortcuts by ?, and toggles the full screen by f. */
export const Finder = ({ onShow, shown }: FinderProps) => {
  useWakeLock()
  const typed = useRef("")
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isWithControl = event.ctrlKey || event.metaKey
      if (event.altKey || isBehindDialog() || (!isWithControl && isTyping(event.target))) return
      const key = event.key.toLowerCase()
      if (isWithControl ? key === "k" : key === "/") {
        event.preventDefault()
        onShow("find")
      } else if (!isWithControl && key === "?") onShow("shortcuts")
      else if (!isWithControl && key === "f") toggleFullScreen()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [onShow])
  if (shown === undefined) return null
  const close = () => onShow(undefined)
  return (
    <LazyDialog
      of={shown}
      problem={shown === "find" ? t.findNotLoaded() : t.shortcutsNotLoaded()}
      onClose={close}
      waiting={shown === "find" && (
        <Dialog title={t.find()} size="medium" onClose={close}>
          <TypedField label={t.findWhat()} typed={typed} />
        </Dialog>
      )}
    >
      {shown === "find"
        ? <FindDialog onClose={close} onShortcuts={() => onShow("shortcuts")} typed={typed} />
        : <ShortcutsDialog onClose={close} />}
    </LazyDialog>
  )
}
