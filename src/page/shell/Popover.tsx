import { type PropsWithChildren, type ReactNode, useCallback, useId, useRef, useState } from "react"

interface PopoverProps {
  readonly label: ReactNode
  /** Accessible name of the button, if its content has none. */
  readonly name?: string
  /** Accessible name of the panel, if it differs from the button's. */
  readonly panelName?: string
  readonly className?: string
  readonly align?: "start" | "end"
  readonly isMenu?: boolean
}

const margin = 8

/** Places the panel below its button, or above it, inside the window. */
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

/** A button with a native popover, which closes on Escape and on an outside click. */
export const Popover = (
  { align = "start", children, className = "", isMenu = false, label, name, panelName }: PropsWithChildren<PopoverProps>
) => {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => panel.current?.hidePopover(), [])
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
        onToggle={({ newState }) => {
          setOpen(newState === "open")
          if (newState === "open" && button.current !== null && panel.current !== null) {
            place(button.current, panel.current, align)
          }
        }}
        onClick={({ target }) => {
          if (isMenu && target instanceof Element && target.closest("button, a") !== null) close()
        }}
      >
        {isOpen && children}
      </div>
    </>
  )
}
