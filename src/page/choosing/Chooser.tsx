import { lazy, Suspense } from "react"
import { Icon, type IconName } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { untilLoaded } from "../shell/untilLoaded.ts"
import type { Choosing } from "./ChooserPanel.tsx"

const ChooserPanel = lazy(async () => {
  const { ChooserPanel } = await untilLoaded(() => import("./ChooserPanel.tsx"))
  return { default: ChooserPanel }
})

interface ChooserProps extends Choosing {
  readonly icon: IconName
  /** The present choice, on the button. */
  readonly label: string
  readonly isActive: boolean
  /** Without `onUndo`, the present choice has no button that takes it back. */
  readonly onUndo?: (() => void) | undefined
}

/** A button that opens a list with search. A click on a name chooses only it; a click on its box adds or removes it. */
export const Chooser = ({ icon, isActive, label, onUndo, ...choosing }: ChooserProps) => (
  <span className={onUndo === undefined ? "chip-place" : "chip-place joined"}>
    <Popover
      label={
        <>
          <Icon name={icon} />
          {label}
        </>
      }
      className={isActive ? "chip-button active" : "chip-button"}
      panelName={choosing.heading}
    >
      {(close) => (
        <>
          <h2>{choosing.heading}</h2>
          <Suspense fallback={<div className="skeleton chooser-skeleton" role="status" aria-label={t.loading()} />}>
            <ChooserPanel {...choosing} onDone={close} />
          </Suspense>
        </>
      )}
    </Popover>
    {onUndo !== undefined && (
      <button
        type="button"
        className={isActive ? "chip-button active square" : "chip-button square"}
        aria-label={t.chooserUndo({ label })}
        title={t.chooserUndo({ label })}
        onClick={onUndo}
      >
        <Icon name="close" />
      </button>
    )}
  </span>
)
