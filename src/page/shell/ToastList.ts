export interface Undoable {
  readonly onUndo: () => void
  /** Is called when the toast closes without an undo. */
  readonly onEnd?: () => void
  /** Is called when the person leaves before the toast closes. */
  readonly onLeave?: () => void
  /** The removed card or the view that the undo brings back. */
  readonly of?: string
}

export interface Toast extends Partial<Undoable> {
  readonly id: number
  readonly text: string
  readonly isProblem: boolean
}

const most = 3
const shownMillis = 6_000
const undoMillis = 12_000
/** How long a toast with an undo is shown, for texts. */
export const undoSeconds = { seconds: String(undoMillis / 1_000) }

/** The toasts of a person. They outlive the parts of the page that say them. */
export const makeToastList = () => {
  const held: { shown: ReadonlyArray<Toast>; next: number } = { shown: [], next: 0 }
  const listeners = new Set<() => void>()
  const show = (toasts: ReadonlyArray<Toast>) => {
    held.shown = toasts
    for (const listener of listeners) listener()
  }
  /** A toast closes once, so its time does nothing after an undo. */
  const close = (toast: Toast, end: (() => void) | undefined) => {
    if (!held.shown.includes(toast)) return
    show(held.shown.filter((one) => one !== toast))
    end?.()
  }
  const add = (text: string, isProblem: boolean, undoable?: Undoable) => {
    const toast: Toast = { id: held.next++, text, isProblem, ...undoable }
    // Only a toast without an undo makes room.
    const over = held.shown.length < most ? undefined : held.shown.find(({ onUndo }) => onUndo === undefined)
    show([...held.shown.filter((one) => one !== over), toast])
    if (!isProblem) setTimeout(() => close(toast, toast.onEnd), undoable === undefined ? shownMillis : undoMillis)
  }
  return {
    shown: () => held.shown,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** With `undoable`, the toast has a button that undoes, and is shown for longer. */
    say: (text: string, undoable?: Undoable) => add(text, false, undoable),
    warn: (text: string) => add(text, true),
    undo: (toast: Toast) => close(toast, toast.onUndo),
    /** Returns false if no toast has an undo. */
    undoNewest: (): boolean => {
      const newest = held.shown.findLast(({ onUndo }) => onUndo !== undefined)
      if (newest !== undefined) close(newest, newest.onUndo)
      return newest !== undefined
    },
    dismiss: (toast: Toast) => close(toast, toast.onEnd),
    closeProblems: () => show(held.shown.filter(({ isProblem }) => !isProblem)),
    /** Closes the toasts whose undo brings back nothing any more. */
    closeUndos: (isOver: (of: string) => boolean) => {
      const kept = held.shown.filter(({ of }) => of === undefined || !isOver(of))
      if (kept.length < held.shown.length) show(kept)
    },
    /** The person leaves, so nothing is done that waits for the end of a toast. */
    leave: () => {
      const left = held.shown
      show([])
      for (const { onLeave } of left) onLeave?.()
    }
  }
}

export type ToastList = ReturnType<typeof makeToastList>
