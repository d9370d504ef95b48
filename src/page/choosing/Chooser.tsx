import { type RefObject, useRef } from "react"
import { Icon, type IconName } from "../shell/Icon.tsx"
import { LazyPart, lazyPart } from "../shell/LazyPart.tsx"
import { t } from "../shell/messages.ts"
import { focusStart, Popover } from "../shell/Popover.tsx"
import { hasKeyboard, TypedField } from "../shell/TypedField.tsx"
import type { Choosing } from "./ChooserPanel.tsx"

const ChooserPanel = lazyPart(async () => (await import("./ChooserPanel.tsx")).ChooserPanel)

interface ChooserProps extends Choosing {
  readonly icon: IconName
  /** The present choice, on the button. */
  readonly label: string
  readonly isActive: boolean
  /** Without `onUndo`, the present choice has no button that takes it back. */
  readonly onUndo?: (() => void) | undefined
}

const Waiting = ({ typed }: { readonly typed: RefObject<string> }) => (
  <>
    <TypedField className="choices-search" label={t.chooserSearch()} autoFocus={hasKeyboard()} typed={typed} />
    <div className="skeleton chooser-skeleton" role="status" aria-label={t.loading()} />
  </>
)

/** A button that opens a list with search. A click on a name chooses only it; a click on its box adds or removes it. */
export const Chooser = ({ icon, isActive, label, onUndo, ...choosing }: ChooserProps) => {
  const typed = useRef("")
  return (
    <span className={onUndo === undefined ? "chip-place" : "chip-place joined"}>
      <Popover
        label={
          <>
            <Icon name={icon} />
            <span className="chip-text" title={label}>{label}</span>
          </>
        }
        className={isActive ? "chip-button active" : "chip-button"}
        panelName={choosing.heading}
      >
        {(close) => (
          <>
            <h2>{choosing.heading}</h2>
            <LazyPart waiting={<Waiting typed={typed} />}>
              <ChooserPanel {...choosing} typed={typed} onDone={close} />
            </LazyPart>
          </>
        )}
      </Popover>
      {onUndo !== undefined && (
        <button
          type="button"
          className={isActive ? "chip-button active square" : "chip-button square"}
          aria-label={t.chooserUndo({ label })}
          title={t.chooserUndo({ label })}
          onClick={({ currentTarget }) => {
            focusStart(currentTarget)
            onUndo()
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  )
}
