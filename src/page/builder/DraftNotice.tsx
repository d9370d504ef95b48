import type { Design } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"

interface DraftNoticeProps {
  readonly design: Design
  readonly onClose: () => void
}

export const DraftNotice = ({ design: { notes, notUnderstood, understood }, onClose }: DraftNoticeProps) => (
  <section className="banner draft" aria-label={t.draft()}>
    <Icon name="edit" />
    <div>
      <strong>{t.draftOfYourWords()}</strong>
      <p>{t.understood({ words: understood.join("; ") })}</p>
      {notUnderstood.length > 0 && <p>{t.notUnderstood({ words: notUnderstood.join("; ") })}</p>}
      {notes.map((note) => <p key={note} className="muted">{note}</p>)}
    </div>
    <button type="button" className="quiet square" aria-label={t.hideNotice()} onClick={onClose}>
      <Icon name="close" />
    </button>
  </section>
)
