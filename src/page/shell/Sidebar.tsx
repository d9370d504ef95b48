import { type ReactNode, useRef } from "react"
import { sentence } from "../api/Problem.ts"
import { usePerson, useReports } from "../api/queries.ts"
import type { Visibility } from "../api/wire.ts"
import { useDirty } from "../builder/Drafts.ts"
import { useKept } from "../finding/useKept.ts"
import type { Person } from "../session/Session.ts"
import { useUnsavedTables } from "../targets/typed.ts"
import { controlKey } from "./controlKey.ts"
import { Icon, UnsavedDot } from "./Icon.tsx"
import { t } from "./messages.ts"
import { reportAddress } from "./route.ts"
import type { Route } from "./routeOf.ts"

interface SidebarProps {
  readonly route: Route
  readonly person: Person
  readonly menu: ReactNode
  readonly onFollow: () => void
  readonly onFind: () => void
}

export const Sidebar = ({ menu, onFind, onFollow, person, route }: SidebarProps) => {
  const { data, error, isPending } = useReports()
  const dirty = useDirty()
  const hasTyped = useUnsavedTables().length > 0
  const isAdmin = usePerson().role === "admin"
  const current = route.page === "report" ? route.id : undefined
  const isCurrent = (id: string) => id === current ? "page" : undefined
  const { favour, kept: { favourites }, moveBefore } = useKept()
  /** Its entry goes to another list, and its star keeps the focus. */
  const starredByKey = useRef<string>(undefined)
  const all = data?.results ?? []
  const starred = favourites.flatMap((id) => all.find((report) => report.id === id) ?? [])
  const others = (wanted: Visibility) =>
    all.filter(({ id, visibility }) => visibility === wanted && !favourites.includes(id))
  const groups = [
    [t.favourites(), starred],
    [person.organizationName, others("organization")],
    [t.sharingSomePeople(), others("people")],
    [t.onlyYou(), others("private")]
  ] as const
  return (
    <nav className="sidebar" aria-label={t.reports()}>
      {menu}
      <button type="button" className="find-button" aria-keyshortcuts="Control+K /" onClick={onFind}>
        <Icon name="search" />
        {t.find()}
        <kbd aria-hidden="true">{controlKey("K")}</kbd>
      </button>
      <a
        className="side-link new"
        href="#/new"
        aria-current={route.page === "new" ? "page" : undefined}
        onClick={onFollow}
      >
        <Icon name="add" />
        {t.newReport()}
      </a>
      {isAdmin && ([["targets", "target", t.targets()], ["audit", "shield", t.audit()]] as const).map((
        [page, icon, name]
      ) => (
        <a
          key={page}
          className="side-link"
          href={`#/${page}`}
          aria-current={route.page === page ? "page" : undefined}
          onClick={onFollow}
        >
          <Icon name={icon} />
          {name}
          {page === "targets" && hasTyped && <UnsavedDot />}
        </a>
      ))}
      {[...dirty].filter((id) => !data?.results.some((report) => report.id === id)).map((id) => (
        <a key={id} className="side-link" href={reportAddress(id)} aria-current={isCurrent(id)} onClick={onFollow}>
          <Icon name="edit" />
          {t.unsavedReport()}
        </a>
      ))}
      <div className="side-lists">
        {isPending && <div className="skeleton side-skeleton" />}
        {error !== null && <p className="problem">{sentence(error)}</p>}
        {groups.filter(([, reports]) => reports.length > 0).map(([name, reports]) => (
          <section key={name}>
            <h2>{name}</h2>
            <ul>
              {reports.map(({ id, title }, index) => (
                <li key={id}>
                  <a className="side-link" href={reportAddress(id)} aria-current={isCurrent(id)} onClick={onFollow}>
                    <Icon name="report" />
                    <span className="side-title">{title}</span>
                    {dirty.has(id) && <UnsavedDot />}
                  </a>
                  {reports === starred && starred.length > 1 && (
                    <button
                      type="button"
                      className="quiet side-up"
                      aria-disabled={index === 0}
                      aria-label={t.favouriteUp({ title })}
                      title={t.favouriteUp({ title })}
                      onClick={() => moveBefore(id, starred[index - 1]?.id ?? id)}
                    >
                      <Icon name="up" />
                    </button>
                  )}
                  <button
                    type="button"
                    className="quiet side-star"
                    ref={(star) => {
                      if (star === null || starredByKey.current !== id) return
                      star.focus()
                      starredByKey.current = undefined
                    }}
                    aria-pressed={favourites.includes(id)}
                    aria-label={t.favourite({ title })}
                    title={t.favourites()}
                    onClick={({ detail }) => {
                      starredByKey.current = detail === 0 ? id : undefined
                      favour(id, !favourites.includes(id))
                    }}
                  >
                    <Icon name="star" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  )
}
