import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient, usePerson, useRefresh } from "../api/queries.ts"
import type { Report } from "../api/wire.ts"
import { copyOf } from "../builder/Draft.ts"
import { startSlideshow } from "../finding/commands.ts"
import { FullScreenItem } from "../finding/FullScreenItem.tsx"
import { type Command, useCommands } from "../finding/pageCommands.ts"
import { useKept } from "../finding/useKept.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { leave, reportAddress } from "../shell/route.ts"
import { undoSeconds } from "../shell/ToastList.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { useDelete } from "../shell/useDelete.ts"
import { ExportItems, formatName, useDownload } from "./ExportItems.tsx"
import { mayChange } from "./mayChange.ts"
import { type Asked, ReportDialogs } from "./ReportDialogs.tsx"
import { type View, viewRequestOf } from "./View.ts"

interface ReportActionsProps {
  readonly report: Report
  readonly view: View
  readonly onEdit: () => Promise<boolean>
}

export const ReportActions = ({ onEdit, report, view }: ReportActionsProps) => {
  const { api } = useClient()
  const person = usePerson()
  const { favour, kept } = useKept()
  const isFavourite = kept.favourites.includes(report.id)
  const { say, warn } = useSaying()
  const refresh = useRefresh()
  const later = useDelete()
  const [asked, ask] = useState<Asked>(undefined)
  const [isOpening, setOpening] = useState(false)
  const isMine = mayChange(report, person.userId, person.role)

  const duplicate = async () => {
    try {
      const { value } = await api.create({
        ...copyOf(report),
        visibility: "private",
        people: []
      })
      await refresh.reports()
      leave(report.id, reportAddress(value.id))
      say(t.duplicated())
    } catch (error) {
      warn(sentence(error))
    }
  }
  const remove = () => {
    ask(undefined)
    later({
      kind: "report",
      id: report.id,
      text: t.deletedSoon({ title: report.title, ...undoSeconds }),
      next: "#/",
      send: () => api.remove(report.id)
    })
  }
  const edit = async () => {
    setOpening(true)
    await onEdit()
    setOpening(false)
  }
  const file = {
    path: `/${report.id}/run`,
    body: viewRequestOf(view, report, person.role),
    title: report.title
  }
  const download = useDownload(file)
  const ownCommands: ReadonlyArray<Command> = [
    { label: t.edit(), icon: "edit", go: () => void edit() },
    { label: t.freezeOnSchedule(), icon: "calendar", go: () => ask("schedule") },
    { label: t.delete(), words: t.findDelete(), icon: "trash", go: () => ask("delete") }
  ]
  useCommands([
    { label: t.freeze(), icon: "freeze", go: () => ask("freeze") },
    { label: t.mailsSend(), words: t.findMail(), icon: "mail", go: () => ask("send") },
    { label: t.mailsMenu(), words: t.findMail(), icon: "mail", go: () => ask("mails") },
    ...(["pdf", "xlsx"] as const).map((format) => (
      { label: formatName(format), words: t.findFile(), icon: "download", go: () => void download(format) } as const
    )),
    { label: t.snapshots(), icon: "history", go: () => ask("snapshots") },
    {
      label: t.favouriteOrNot({ is: isFavourite ? "favourite" : "other" }),
      words: t.findStar(),
      icon: "star",
      go: () => favour(report.id, !isFavourite)
    },
    ...(isMine ? ownCommands : [])
  ])
  return (
    <>
      <button type="button" onClick={() => ask("snapshots")}>
        <Icon name="history" />
        {t.snapshots()}
        {report.snapshotCount > 0 && <span className="count">{report.snapshotCount}</span>}
      </button>
      <button type="button" onClick={() => ask("freeze")} title={t.keepAsNow()}>
        <Icon name="freeze" />
        {t.freeze()}
      </button>
      <button
        type="button"
        className="square"
        aria-label={t.mailsSend()}
        title={t.mailsSend()}
        onClick={() => ask("send")}
      >
        <Icon name="mail" />
      </button>
      <Popover
        label={<Icon name="dots" />}
        name={t.more()}
        className="square"
        align="end"
        isMenu
      >
        <ExportItems {...file} />
        <button type="button" onClick={() => print()}>
          <Icon name="print" />
          {t.print()}
        </button>
        <FullScreenItem />
        <button type="button" onClick={startSlideshow}>
          <Icon name="play" />
          {t.slideshow({ of: kept.favourites.length > 0 ? "favourites" : "all" })}
        </button>
        <hr />
        <button type="button" onClick={duplicate}>
          <Icon name="copy" />
          {t.duplicate()}
        </button>
        <button type="button" onClick={() => ask("mails")}>
          <Icon name="mail" />
          {t.mailsMenu()}
        </button>
        <button type="button" onClick={() => ask("versions")}>
          <Icon name="list" />
          {t.versions()}
        </button>
        {isMine && (
          <button type="button" onClick={() => ask("schedule")}>
            <Icon name="calendar" />
            {t.freezeOnSchedule()}
          </button>
        )}
        {isMine && (
          <button type="button" className="danger" onClick={() => ask("delete")}>
            <Icon name="trash" />
            {t.delete()}
          </button>
        )}
      </Popover>
      {isMine && (
        <button type="button" className="primary edit" title={t.edit()} disabled={isOpening} onClick={edit}>
          <Icon name="edit" />
          <span>{t.edit()}</span>
        </button>
      )}
      <ReportDialogs asked={asked} report={report} view={view} onClose={() => ask(undefined)} onDelete={remove} />
    </>
  )
}
