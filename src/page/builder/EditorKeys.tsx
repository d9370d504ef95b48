import { useEffect } from "react"
import { type Editing, redone, undone } from "./Editing.ts"

interface EditorKeysProps {
  readonly editing: Editing
  readonly onChange: (editing: Editing) => void
}

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement

export const isBehindDialog = () => document.querySelector("dialog[open]") !== null

export const EditorKeys = ({ editing, onChange }: EditorKeysProps) => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return
      const key = event.key.toLowerCase()
      if (key !== "z" && key !== "y") return
      if (isBehindDialog()) return
      event.preventDefault()
      onChange(key === "y" || event.shiftKey ? redone(editing) : undone(editing))
    }
    // Before the keys of the toasts.
    addEventListener("keydown", onKey, true)
    return () => removeEventListener("keydown", onKey, true)
  }, [editing, onChange])
  return null
}
