import { useQueryClient } from "@tanstack/react-query"
import { isProblem, sentence } from "../api/Problem.ts"
import { useClient, useReaders, useRefresh, useVersions } from "../api/queries.ts"
import type { Report, VersionSummary } from "../api/wire.ts"
import { visibilityName } from "../builder/differences.ts"
import { momentName } from "../card/words.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"
import { usePending } from "../shell/usePending.ts"
import { useProblem } from "../shell/useProblem.ts"

interface VersionsDialogProps {
  readonly report: Report
  readonly isMine: boolean
  readonly onClose: () => void
}

const propertyNames = (): Readonly<Record<string, string>> => ({
  description: t.anotherDescription(),
  defaultTimeframe: t.anotherTimeframe(),
  defaultFilters: t.otherFilters(),
  defaultPeople: t.otherPeople()
})

const sentencesOf = ({ difference }: VersionSummary): ReadonlyArray<string> => {
  if (difference === null) return [t.oldestVersion()]
  const { properties, title, visibility, widgets: { added, changed, moved, removed } } = difference
  const names = propertyNames()
  return [
    ...(title === undefined ? [] : [t.titleIs({ title: title.to })]),
    ...(visibility === undefined
      ? properties.includes("people") ? [t.sharingChanged()] : []
      : [visibilityName(visibility.to)]),
    ...properties.flatMap((property) => names[property] ?? []),
    ...added.map(({ name }) => t.cardAdded({ title: name })),
    ...removed.map(({ name }) => t.cardGone({ title: name })),
    ...changed.map(({ name }) => t.cardChanged({ title: name })),
    ...(moved.length === 0 ? [] : [t.cardsMoved({ count: moved.length })])
  ]
}

/** Restores a version, and offers to take it back. `newest` is the version that the person saw as the newest one. */
const useRestore = (id: string) => {
  const { api } = useClient()
  const cache = useQueryClient()
  const refresh = useRefresh()
  const { say, warn } = useSaying()
  const restore = async (version: number, newest: number): Promise<void> => {
    const restored = await api.restore(id, version, newest)
    // A version that was read before must not replace it.
    await cache.cancelQueries({ queryKey: ["report", id] })
    cache.setQueryData(["report", id], restored)
    void refresh.reports()
    void refresh.versions(id)
    say(t.versionRestored({ version: String(version) }), {
      onUndo: () => void restore(newest, newest + 1).catch((error: unknown) => warn(sentence(error)))
    })
  }
  return restore
}

export const VersionsDialog = ({ isMine, onClose, report }: VersionsDialogProps) => {
  const { data, error, isPending } = useVersions(report.id)
  const { data: readers } = useReaders()
  const refresh = useRefresh()
  const restore = useRestore(report.id)
  const [problem, tellProblem, isShown] = useProblem()
  const { isPending: isBusy, run } = usePending()
  const nameOf = (userId: string | null) => readers?.results.find(({ id }) => id === userId)?.name ?? userId
  const newest = data?.results[0]?.version
  const choose = async (version: number) => {
    if (newest === undefined) return
    try {
      await restore(version, newest)
      if (isShown.current) onClose()
    } catch (error) {
      tellProblem(isProblem(error, "report_changed") ? t.versionChangedMeanwhile() : sentence(error))
      void refresh.report(report.id)
      void refresh.versions(report.id)
    }
  }
  return (
    <Dialog title={t.versionsOf({ title: report.title })} size="medium" onClose={onClose}>
      {isPending && <p className="muted">{t.loadingNow()}</p>}
      {error !== null && <p className="problem" role="alert">{sentence(error)}</p>}
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
      <ul className="rows">
        {data?.results.map((one, at) => {
          const { savedAt, savedBy, version, visibility } = one
          const number = { version: String(version) }
          const saver = nameOf(savedBy)
          const time = momentName(savedAt)
          return (
            <li key={version}>
              <div className="version">
                <strong>{at === 0 ? t.versionNow(number) : t.versionName(number)}</strong>
                <span className="muted">
                  {saver === null ? time : t.versionSaved({ time, name: saver })} · {visibilityName(visibility)}
                </span>
                <ul>{sentencesOf(one).map((text, index) => <li key={index}>{text}</li>)}</ul>
              </div>
              {isMine && at > 0 && (
                <button
                  type="button"
                  aria-label={t.restoreVersion(number)}
                  disabled={isBusy}
                  onClick={() => run(() => choose(version))}
                >
                  {t.restore()}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}
