import {
  createContext,
  type PropsWithChildren,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useState
} from "react"
import { Icon } from "./Icon.tsx"
import { t } from "./messages.ts"

interface Toast {
  readonly id: number
  readonly text: ReactNode
  readonly isProblem: boolean
}

interface Saying {
  readonly say: (text: ReactNode) => void
  readonly warn: (text: ReactNode) => void
  /** Only screen readers get this text. */
  readonly whisper: (text: string) => void
}

const SayingContext = createContext<Saying>({ say: () => {}, warn: () => {}, whisper: () => {} })

export const useSaying = (): Saying => useContext(SayingContext)

const shownMillis = 6_000

export const Toasts = ({ children }: PropsWithChildren) => {
  const [toasts, setToasts] = useState<ReadonlyArray<Toast>>([])
  const [whispered, whisper] = useState("")
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const saying = useMemo<Saying>(() => {
    const held = { next: 0 }
    const add = (text: ReactNode, isProblem: boolean) => {
      const id = held.next++
      setToasts((all) => [...all.slice(-2), { id, text, isProblem }])
      if (!isProblem) setTimeout(() => remove(id), shownMillis)
    }
    return { say: (text) => add(text, false), warn: (text) => add(text, true), whisper }
  }, [remove])
  return (
    <SayingContext value={saying}>
      {children}
      <p className="hidden" role="status">{whispered}</p>
      <div className="toasts" role="status">
        {toasts.map(({ id, isProblem, text }) => (
          <div key={id} className={isProblem ? "toast problem" : "toast"}>
            <span>{text}</span>
            <button type="button" className="quiet square" aria-label={t.dismiss()} onClick={() => remove(id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
    </SayingContext>
  )
}
