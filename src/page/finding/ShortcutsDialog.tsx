import { controlKey } from "../shell/controlKey.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import "../style/find.css"

const shortcuts = (): ReadonlyArray<readonly [keys: ReadonlyArray<string>, does: string]> => [
  [[controlKey("K"), "/"], t.findWhat()],
  [[t.keyF()], t.fullScreen()],
  [["?"], t.shortcuts()],
  [[t.keyArrows()], t.shortcutsPoint()],
  [[t.keyEnter()], t.shortcutsRecords()],
  [[t.keyShiftEnter()], t.shortcutsNarrow()],
  [[controlKey("S")], t.save()],
  [[controlKey("Z")], t.undo()],
  [[controlKey("Z", true)], t.redo()],
  [[t.keyArrows()], t.shortcutsMove()],
  [[t.keyShiftArrows()], t.shortcutsResize()]
]

export const ShortcutsDialog = ({ onClose }: { readonly onClose: () => void }) => (
  <Dialog title={t.shortcuts()} size="medium" onClose={onClose}>
    <table className="shortcuts">
      <thead className="hidden">
        <tr>
          <th scope="col">{t.shortcutsDoes()}</th>
          <th scope="col">{t.shortcutsKeys()}</th>
        </tr>
      </thead>
      <tbody>
        {shortcuts().map(([keys, does]) => (
          <tr key={does}>
            <th scope="row">{does}</th>
            <td>
              {keys.map((key) => (
                <span key={key}>
                  <kbd>{key}</kbd>
                  {" "}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Dialog>
)
