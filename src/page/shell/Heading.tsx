import { type PropsWithChildren, useEffect } from "react"

const shown = { before: false }

/** The focus goes there before the element that has it disappears, or afterwards. */
export const focusHeading = () => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true })

/** The heading of a page. After the first page, it takes the focus if the element that had it has gone. */
export const Heading = ({ children, className }: PropsWithChildren<{ readonly className?: string }>) => {
  useEffect(() => {
    if (shown.before && document.activeElement === document.body) focusHeading()
    shown.before = true
  }, [])
  return <h1 className={className} tabIndex={-1}>{children}</h1>
}
