import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"

interface SecretDialogProps {
  readonly secret: string
  readonly onClose: () => void
}

/** Shows the secret of a webhook, which the service does not return again. */
export const SecretDialog = ({ onClose, secret }: SecretDialogProps) => (
  <Dialog
    title={t.mailsSecret()}
    isBlocking
    onClose={onClose}
    footer={<button type="button" className="primary" onClick={onClose}>{t.done()}</button>}
  >
    <p>{t.mailsSecretExplained()}</p>
    <div className="fields">
      <input
        readOnly
        data-focus
        aria-label={t.mailsSecret()}
        value={secret}
        onFocus={({ target }) => target.select()}
      />
    </div>
  </Dialog>
)
