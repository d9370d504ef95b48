import type { Design } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"

interface DraftNoticeProps {
  readonly design: Design
  readonly onClose: () => void
}

export const DraftNotice = ({ design: { notes, notUnderstood, understood }, onClose }: DraftNoticeProps) => (
  <section className="banner draft" aria-label="Draft">
    <Icon name="edit" />
    <div>
      <strong>A draft of your words. It is not saved yet.</strong>
      <p>Understood: {understood.join("; ")}.</p>
      {notUnderstood.length > 0 && <p>Not understood: {notUnderstood.join("; ")}.</p>}
      {notes.map((note) => <p key={note} className="muted">{note}</p>)}
    </div>
    <button type="button" className="quiet square" aria-label="Hide the notice" onClick={onClose}>
      <Icon name="close" />
    </button>
  </section>
)
