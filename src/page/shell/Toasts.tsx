import {
  createContext,
  type PropsWithChildren,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore
} from "react"
import { isBehindDialog, isTyping } from "../builder/EditorKeys.tsx"
import { focusHeading } from "./Heading.tsx"
import { Icon } from "./Icon.tsx"
import { t } from "./messages.ts"
import { makeToastList, type Toast, type ToastList } from "./ToastList.ts"

interface Saying extends Pick<ToastList, "say" | "warn" | "closeUndos"> {
  /** Only screen readers get this text. */
  readonly whisper: (text: string) => void
}

const SayingContext = createContext<Saying>({ ...makeToastList(), whisper: () => {} })

export const useSaying = (): Saying => useContext(SayingContext)

/** The view is no part of it. */
const pageOf = (hash: string): string => hash.split("?", 1).join()

export const Toasts = ({ children }: PropsWithChildren) => {
  const [list] = useState(makeToastList)
  const toasts = useSyncExternalStore(list.subscribe, list.shown)
  const [whispered, whisper] = useState("")
  useEffect(() => {
    let page = pageOf(location.hash)
    const leave = () => {
      if (pageOf(location.hash) === page) return
      page = pageOf(location.hash)
      list.closeProblems()
    }
    addEventListener("hashchange", leave)
    return () => {
      removeEventListener("hashchange", leave)
      list.leave()
    }
  }, [list])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z"
      if (!isUndo || event.defaultPrevented || isTyping(event.target) || isBehindDialog()) return
      if (list.undoNewest()) event.preventDefault()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [list])
  const undo = (toast: Toast) => {
    focusHeading()
    list.undo(toast)
  }
  const saying = useMemo<Saying>(() => ({ ...list, whisper }), [list])
  return (
    <SayingContext value={saying}>
      {children}
      <p className="hidden" role="status">{whispered}</p>
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <div key={toast.id} className={toast.isProblem ? "toast problem" : "toast"}>
            <span>{toast.text}</span>
            {toast.onUndo !== undefined && (
              <button type="button" className="quiet" onClick={() => undo(toast)}>
                {t.undo()}
              </button>
            )}
            <button
              type="button"
              className="quiet square"
              aria-label={t.dismiss()}
              onClick={() => list.dismiss(toast)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
    </SayingContext>
  )
}
