import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { hasFullScreen, toggleFullScreen } from "./commands.ts"

/** In a menu, shows the card of the menu on the full screen, or else the whole page. */
export const FullScreenItem = () =>
  hasFullScreen() && (
    <button
      type="button"
      onClick={({ currentTarget }) => toggleFullScreen(currentTarget.closest(".card"))}
    >
      <Icon name="expand" />
      {t.fullScreen()}
    </button>
  )
