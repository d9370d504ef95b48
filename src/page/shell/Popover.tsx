import { type KeyboardEvent, type ReactNode, useCallback, useId, useLayoutEffect, useRef, useState } from "react"

interface PopoverProps {
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  readonly label: ReactNode
  readonly name?: string
  readonly panelName?: string
  readonly className?: string
  readonly align?: "start" | "end"
  /** A click on an entry of a menu closes it. */
  readonly isMenu?: boolean
  /** If the keyboard opened it, the chosen or the first entry gets the focus, and the arrow keys move the focus, as in a menu. */
  readonly isWalked?: boolean
}

const margin = 8

const place = (button: HTMLElement, panel: HTMLElement, align: "start" | "end") => {
  const at = button.getBoundingClientRect()
  const { offsetHeight, offsetWidth } = panel
  const wanted = align === "start" ? at.left : at.right - offsetWidth
  const left = Math.max(margin, Math.min(wanted, innerWidth - offsetWidth - margin))
  const isRoomBelow = at.bottom + offsetHeight + margin < innerHeight || at.top < offsetHeight + margin
  const top = isRoomBelow ? at.bottom + 6 : at.top - offsetHeight - 6
  panel.style.setProperty("left", `${left}px`)
  panel.style.setProperty("top", `${Math.max(margin, Math.min(top, innerHeight - offsetHeight - margin))}px`)
}

const entry = "button:enabled, a"

/** The arrow keys, Home and End go through the entries of a menu. */
const walk = (event: KeyboardEvent<HTMLElement>) => {
  if (event.target instanceof HTMLInputElement) return
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>(entry)]
  const at = entries.findIndex((entry) => entry === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: Math.max(at, 0) - 1, Home: 0, End: -1 }[event.key]
  if (next === undefined || entries.length === 0) return
  event.preventDefault()
  entries.at(next % entries.length)?.focus()
}

/** Before a control disappears, the first button beside it gets the focus. */
export const focusStart = (leaving: HTMLElement) => leaving.parentElement?.querySelector("button")?.focus()

const focusFirst = (menu: HTMLElement) =>
  (menu.querySelector<HTMLElement>("[aria-pressed=true]") ?? menu.querySelector<HTMLElement>(entry))?.focus()

export const Popover = (
  { align = "start", children, className = "", isMenu = false, isWalked = isMenu, label, name, panelName }: PopoverProps
) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => panel.current?.hidePopover(), [])
  useLayoutEffect(() => {
    const [from, opened] = [button.current, panel.current]
    if (!isOpen || from === null || opened === null) return
    const observer = new ResizeObserver(() => place(from, opened, align))
    observer.observe(opened)
    // After a click, Tab and the arrow keys begin at the button.
    if (isWalked && from.matches(":focus-visible")) focusFirst(opened)
    return () => observer.disconnect()
  }, [align, isOpen, isWalked])
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        popoverTarget={id}
        aria-expanded={isOpen}
        aria-label={name}
        title={name}
        onKeyDown={(event) => {
          const opened = panel.current
          if (!isWalked || event.key !== "ArrowDown" || opened === null) return
          event.preventDefault()
          // `isOpen` follows a little later.
          if (!opened.matches(":popover-open")) opened.showPopover({ source: event.currentTarget })
          focusFirst(opened)
        }}
      >
        {label}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={isMenu ? "popover menu" : "popover"}
        role="group"
        aria-label={panelName ?? name}
        onToggle={({ newState }) => setOpen(newState === "open")}
        onKeyDown={isWalked ? walk : undefined}
        onClick={({ target }) => {
          if (isMenu && target instanceof Element && target.closest("button, a") !== null) close()
        }}
      >
        {isOpen && (typeof children === "function" ? children(close) : children)}
      </div>
    </>
  )
}
