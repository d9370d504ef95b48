import { type KeyboardEvent, useEffect } from "react"
import { titleOf } from "../../presentation/titleOf.ts"
import type { CatalogEntry, Widget } from "../api/wire.ts"
import { itemsOf, moved, removed, reordered, resized, type Step } from "../grid/arrange.ts"
import { Icon } from "../shell/Icon.tsx"
import { localization, t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { useSaying } from "../shell/Toasts.tsx"
import { type Draft, withCopy, withRemoved, withWidgets } from "./Draft.ts"
import { changed, type Editing } from "./Editing.ts"

interface WidgetToolsProps {
  readonly widget: Widget
  readonly metric: CatalogEntry | undefined
  readonly editing: Editing
  readonly onChange: (editing: Editing) => void
  readonly onEdit: () => void
  /** Changes the newest draft. If the edit has ended, another one begins. */
  readonly onUndo: (undo: (draft: Draft) => Draft) => void
}

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down"
}

/** The focus goes from a card that is removed to the next one, or to the one before it. A phone shows no grips. */
const focusNeighbour = (leaving: HTMLElement) => {
  const cards = [...document.querySelectorAll(".card-tools:has(.grip)")]
  const at = cards.findIndex((tools) => tools.contains(leaving))
  const next = cards[at + 1] ?? cards[at - 1] ?? document.querySelector(".report-actions")
  const buttons = [...next?.querySelectorAll("button") ?? []]
  buttons.find((button) => button.checkVisibility())?.focus()
}

const placeIn = (widgets: ReadonlyArray<Widget>, id: string) => itemsOf(widgets).find(({ i }) => i === id)

interface MoveItemProps {
  readonly icon: "up" | "down"
  readonly label: string
  /** Undefined for the first or the last card. */
  readonly next: ReadonlyArray<Widget> | undefined
  readonly onMove: (next: ReadonlyArray<Widget>) => void
}

const MoveItem = ({ icon, label, next, onMove }: MoveItemProps) => (
  <button
    type="button"
    disabled={next === undefined}
    onClick={() => next && onMove(next)}
  >
    <Icon name={icon} />
    {label}
  </button>
)

/** Closes the toast of a removed card when the edit shows the card again, or the report is left. */
export const useRemovals = (widgets: ReadonlyArray<Widget>) => {
  const { closeUndos } = useSaying()
  useEffect(() => closeUndos((removed) => widgets.some(({ instanceId }) => instanceId === removed)), [
    closeUndos,
    widgets
  ])
  useEffect(() => () => closeUndos(() => true), [closeUndos])
}

export const WidgetTools = ({ editing, metric, onChange, onEdit, onUndo, widget }: WidgetToolsProps) => {
  const { closeUndos, say, whisper } = useSaying()
  const title = titleOf(widget, metric, localization())
  const { widgets } = editing.now.layout
  const { instanceId } = widget

  const arrange = (next: ReadonlyArray<Widget>) => {
    onChange(changed(editing, withWidgets(editing.now, next)))
    const now = placeIn(next, instanceId)
    if (now === undefined) return
    const [column, row, width, height] = [`${now.x + 1}`, `${now.y + 1}`, `${now.w}`, `${now.h}`]
    whisper(t.placeOf({ title, column, row, width, height }))
  }
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    arrange(event.shiftKey ? resized(widgets, instanceId, step) : moved(widgets, instanceId, step))
  }
  const copy = () => {
    onChange(changed(editing, withCopy(editing.now, widget)))
    whisper(t.titleDuplicated({ title }))
  }
  const remove = (leaving: HTMLElement) => {
    focusNeighbour(leaving)
    const after = removed(widgets, instanceId)
    onChange(changed(editing, withWidgets(editing.now, after)))
    // Only the last removal is undone by its message, because places are given back in the reverse order of removals.
    closeUndos(() => true)
    const undo = (draft: Draft) => withRemoved(draft, widget, { before: widgets, after })
    say(t.cardRemoved({ title }), { of: instanceId, onUndo: () => onUndo(undo) })
  }
  return (
    <>
      <button
        type="button"
        className="quiet square grip"
        aria-label={t.moveTitle({ title })}
        title={t.dragCard()}
        onKeyDown={onKey}
      >
        <Icon name="grip" />
      </button>
      <button
        type="button"
        className="quiet square"
        aria-label={t.editTitle({ title })}
        title={t.edit()}
        onClick={onEdit}
      >
        <Icon name="edit" />
      </button>
      <Popover label={<Icon name="dots" />} name={t.moreFor({ title })} className="quiet square" align="end" isMenu>
        {() => (
          <>
            <MoveItem icon="up" label={t.moveCardUp()} next={reordered(widgets, instanceId, "up")} onMove={arrange} />
            <MoveItem
              icon="down"
              label={t.moveCardDown()}
              next={reordered(widgets, instanceId, "down")}
              onMove={arrange}
            />
            <button type="button" onClick={copy}>
              <Icon name="copy" />
              {t.duplicate()}
            </button>
            <button type="button" className="danger" onClick={({ currentTarget }) => remove(currentTarget)}>
              <Icon name="trash" />
              {t.remove()}
            </button>
          </>
        )}
      </Popover>
    </>
  )
}
