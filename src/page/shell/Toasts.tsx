import {
  createContext,
  type PropsWithChildren,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState
} from "react"
import { Icon } from "./Icon.tsx"
import { t } from "./messages.ts"

interface Undoable {
  readonly onUndo: () => void
  /** Is called when the toast closes without an undo. */
  readonly onEnd?: () => void
}

interface Toast extends Partial<Undoable> {
  readonly id: number
  readonly text: ReactNode
  readonly isProblem: boolean
  readonly timer: ReturnType<typeof setTimeout> | undefined
}

interface Saying {
  /** With `undoable`, the toast has a button that undoes, and is shown for longer. */
  readonly say: (text: ReactNode, undoable?: Undoable) => void
  readonly warn: (text: ReactNode) => void
  /** Only screen readers get this text. */
  readonly whisper: (text: string) => void
}

const SayingContext = createContext<Saying>({ say: () => {}, warn: () => {}, whisper: () => {} })

export const useSaying = (): Saying => useContext(SayingContext)

/** The view is no part of it. */
const pageOf = (hash: string): string => hash.split("?", 1).join()

const shownMillis = 6_000
const undoMillis = 12_000
/** How long a toast with an undo is shown, for texts. */
export const undoSeconds = { seconds: String(undoMillis / 1_000) }

export const Toasts = ({ children }: PropsWithChildren) => {
  const [toasts, setToasts] = useState<ReadonlyArray<Toast>>([])
  const [whispered, whisper] = useState("")
  const close = useCallback(({ id, timer }: Toast, end: (() => void) | undefined) => {
    clearTimeout(timer)
    setToasts((all) => all.filter((toast) => toast.id !== id))
    end?.()
  }, [])
  useEffect(() => {
    let page = pageOf(location.hash)
    const leave = () => {
      if (pageOf(location.hash) === page) return
      page = pageOf(location.hash)
      setToasts((all) => all.filter(({ isProblem }) => !isProblem))
    }
    addEventListener("hashchange", leave)
    return () => removeEventListener("hashchange", leave)
  }, [])
  const saying = useMemo<Saying>(() => {
    const held = { next: 0 }
    const add = (text: ReactNode, isProblem: boolean, undoable?: Undoable) => {
      const millis = undoable === undefined ? shownMillis : undoMillis
      const toast: Toast = {
        id: held.next++,
        text,
        isProblem,
        timer: isProblem ? undefined : setTimeout(() => close(toast, toast.onEnd), millis),
        ...undoable
      }
      setToasts((all) => [...all.slice(-2), toast])
    }
    return { say: (text, undoable) => add(text, false, undoable), warn: (text) => add(text, true), whisper }
  }, [close])
  return (
    <SayingContext value={saying}>
      {children}
      <p className="hidden" role="status">{whispered}</p>
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <div key={toast.id} className={toast.isProblem ? "toast problem" : "toast"}>
            <span>{toast.text}</span>
            {toast.onUndo !== undefined && (
              <button
                type="button"
                className="quiet"
                onClick={() => close(toast, toast.onUndo)}
              >
                {t.undo()}
              </button>
            )}
            <button
              type="button"
              className="quiet square"
              aria-label={t.dismiss()}
              onClick={() => close(toast, toast.onEnd)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
    </SayingContext>
  )
}
