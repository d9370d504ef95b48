import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from "react"
import { usePerson, useReports } from "../api/queries.ts"
import { type Choice, found } from "../choosing/Choice.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { Icon, type IconName } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { goTo, reportAddress } from "../shell/route.ts"
import { chooseTheme } from "../shell/theme.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { atEnd } from "../shell/TypedField.tsx"
import "../style/find.css"
import { copyLink, hasFullScreen, startSlideshow, toggleFullScreen } from "./commands.ts"
import { inOwnOrder } from "./Kept.ts"
import { shownCommands } from "./pageCommands.ts"
import { useKept } from "./useKept.ts"

interface Entry extends Choice {
  readonly isOfMany?: boolean | undefined
  readonly icon: IconName
  readonly go: () => void
}

/** The greatest number of results. A command with `isOfMany` is not counted. */
const most = 12

const useEntries = (onShortcuts: () => void): ReadonlyArray<Entry> => {
  const reports = useReports().data?.results
  const isAdmin = usePerson().role === "admin"
  const { kept } = useKept()
  const { say, warn } = useSaying()
  return useMemo(() => {
    const copy = async () => {
      if (await copyLink()) say(t.linkCopied())
      else warn(t.linkNotCopied())
    }
    const command = (label: string, icon: IconName, go: () => void, words?: string): Entry => ({
      value: label,
      label,
      words,
      icon,
      note: t.findCommand(),
      go
    })
    return [
      ...inOwnOrder(reports ?? [], kept).map(({ id, title }): Entry => ({
        value: id,
        label: title,
        icon: kept.favourites.includes(id) ? "star" : "report",
        go: () => goTo(reportAddress(id))
      })),
      ...shownCommands().map(({ go, icon, isOfMany, label, words }) => ({
        ...command(label, icon, go, words),
        isOfMany
      })),
      command(t.findNewReport(), "add", () => goTo("#/new")),
      ...(isAdmin ? [command(t.findTargets(), "target", () => goTo("#/targets"))] : []),
      command(t.copyLink(), "link", () => void copy()),
      ...(hasFullScreen() ? [command(t.fullScreen(), "expand", toggleFullScreen)] : []),
      command(t.slideshow({ of: kept.favourites.length > 0 ? "favourites" : "all" }), "play", startSlideshow),
      command(t.shortcuts(), "info", onShortcuts),
      command(t.findLight(), "edit", () => chooseTheme("light")),
      command(t.findDark(), "edit", () => chooseTheme("dark"))
    ]
  }, [isAdmin, kept, onShortcuts, reports, say, warn])
}

interface FindDialogProps {
  readonly onClose: () => void
  readonly onShortcuts: () => void
  /** The text that was typed while this dialog was loaded. */
  readonly typed: RefObject<string>
}

/** Finds reports and commands by a part of their names. */
export const FindDialog = ({ onClose, onShortcuts, typed }: FindDialogProps) => {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [text, setText] = useState(typed.current)
  const [at, setAt] = useState(0)
  const entries = useEntries(onShortcuts)
  const shown = useMemo(() => {
    const all = found(entries, text)
    const ofMany = text.trim() === "" ? [] : all.filter(({ isOfMany }) => isOfMany)
    return [...all.filter(({ isOfMany }) => isOfMany !== true).slice(0, most), ...ofMany]
  }, [entries, text])
  useEffect(() => {
    typed.current = ""
  }, [typed])
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" })
  }, [at])
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    onClose()
    entry.go()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && shown.length > 0) setAt((at + step + shown.length) % shown.length)
    else if (event.key === "Enter") run(shown[at])
    else return
    event.preventDefault()
  }
  const optionId = (index: number) => `${id}-${index}`
  return (
    <Dialog title={t.find()} size="medium" onClose={onClose}>
      <input
        data-focus
        role="combobox"
        className="find-text"
        aria-label={t.findWhat()}
        placeholder={t.findWhat()}
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-activedescendant={shown[at] === undefined ? undefined : optionId(at)}
        value={text}
        onFocus={atEnd}
        onChange={({ target }) => {
          setText(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <p className="muted find-none" role="status">{shown.length === 0 && t.chooserNothingFound()}</p>
      <ul ref={list} id={id} role="listbox" aria-label={t.find()} className="find-list">
        {shown.map((entry, index) => (
          <li
            key={entry.value}
            id={optionId(index)}
            role="option"
            aria-selected={index === at}
            className="find-entry"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => run(entry)}
          >
            <Icon name={entry.icon} />
            <span dir="auto">{entry.label}</span>
            {entry.note !== undefined && <small className="muted">{entry.note}</small>}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
