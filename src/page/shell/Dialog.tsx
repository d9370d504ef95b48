import { type PropsWithChildren, type ReactNode, useId, useLayoutEffect, useRef } from "react"
import { Icon } from "./Icon.tsx"
import { t } from "./messages.ts"

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly size?: "medium" | "large" | "drawer"
  readonly footer?: ReactNode
  readonly isBlocking?: boolean
  /** With it, the dialog is a form, and its footer has the button that submits it. */
  readonly onSubmit?: () => void
}

/** In a drawer, the heading gets the focus. In other dialogs, the element with `data-focus` gets it. */
export const Dialog = (
  { children, footer, isBlocking = false, onClose, onSubmit, size, title }: PropsWithChildren<DialogProps>
) => {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // After repeated presses of Escape, the browser closes a dialog without asking.
  useLayoutEffect(() => {
    const dialog = element.current
    if (!isBlocking || dialog === null) return
    const stay = () => dialog.showModal()
    dialog.addEventListener("close", stay)
    return () => dialog.removeEventListener("close", stay)
  }, [isBlocking])
  // `close` returns the focus only while the dialog is in the document, so a layout effect calls it.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    const first = size === "drawer" ? "h2" : "[data-focus]"
    dialog?.querySelector<HTMLElement>(first)?.focus()
    return () => dialog?.close()
  }, [size])
  const body = (
    <>
      <header className="dialog-head">
        <h2 id={heading} tabIndex={-1}>{title}</h2>
        <button type="button" className="quiet square" aria-label={t.close()} disabled={isBlocking} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="dialog-content">{children}</div>
      {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
    </>
  )
  return (
    <dialog
      ref={element}
      className={`dialog ${size ?? ""}`}
      aria-labelledby={heading}
      // React also calls these functions for a dialog inside this one.
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        if (!isBlocking) onClose()
      }}
      // After a second Escape without other keys or clicks, the browser closes a dialog without `cancel`.
      onClose={(event) => {
        if (event.target === event.currentTarget && !isBlocking) onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === element.current && !isBlocking) onClose()
      }}
    >
      {onSubmit === undefined ? <div className="dialog-body">{body}</div> : (
        <form
          className="dialog-body"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          {body}
        </form>
      )}
    </dialog>
  )
}
