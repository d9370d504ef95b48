import { useInfiniteQuery } from "@tanstack/react-query"
import { useId, useState } from "react"
import { fileTypes } from "../api/fileTypes.ts"
import { sentence } from "../api/Problem.ts"
import { useClient, useOptions, usePerson, whileFirstFails } from "../api/queries.ts"
import type { AuditEvent, Options } from "../api/wire.ts"
import { momentName } from "../card/words.ts"
import { Heading } from "../shell/Heading.tsx"
import { Icon } from "../shell/Icon.tsx"
import { LoadMore } from "../shell/LoadMore.tsx"
import { t } from "../shell/messages.ts"
import { reportAddress } from "../shell/route.ts"
import { saveAs } from "../shell/saveAs.ts"
import { Banner, NotFound, PageSkeleton } from "../shell/states.tsx"
import { useSaying } from "../shell/Toasts.tsx"
import { actionNames, detailsOf, objectNames } from "./auditWords.ts"
import "../style/targets.css"

const useAudit = (filter: string) => {
  const { api } = useClient()
  return useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) => api.audit(`${filter}${pageParam}`, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next === null ? null : `&cursor=${next}`,
    refetchInterval: whileFirstFails,
    gcTime: 0
  })
}

interface EventsProps {
  readonly events: ReadonlyArray<AuditEvent>
  readonly nameOf: (userId: string) => string
}

const Events = ({ events, nameOf }: EventsProps) => {
  const [actions, objects] = [actionNames(), objectNames()]
  return (
    <div className="target-scroll" tabIndex={0} role="region" aria-label={t.audit()}>
      <table className="audit-table">
        <thead>
          <tr>
            {[t.auditTime(), t.auditPerson(), t.auditAction(), t.auditObject(), t.report(), t.auditDetails()].map((
              name
            ) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {events.map((event) => {
            const { action, at, id, object, reportId, title, userId } = event
            return (
              <tr key={id}>
                <td>{momentName(at)}</td>
                <td>{nameOf(userId)}</td>
                <td>{actions[action]}</td>
                <td>{objects[object]}</td>
                <td>
                  {reportId === null ? "" : title === null
                    ? <span className="muted">{t.auditHiddenReport()}</span>
                    : <a href={reportAddress(reportId)}>{title}</a>}
                </td>
                <td>{detailsOf(event, nameOf)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** The log also names people who have left. The list of people has them at its end. */
const AuditOfAdmin = ({ people }: Pick<Options, "people">) => {
  const id = useId()
  const { api } = useClient()
  const { warn } = useSaying()
  const [person, setPerson] = useState("")
  const [action, setAction] = useState("")
  const [isMaking, setMaking] = useState(false)
  const filter = [
    ...(person === "" ? [] : [`&userId=${encodeURIComponent(person)}`]),
    ...(action === "" ? [] : [`&action=${action}`])
  ].join("")
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, refetch } = useAudit(filter)
  const events = data?.pages.flatMap(({ results }) => results)
  const nameOf = (userId: string) => people.find(({ id }) => id === userId)?.name ?? userId
  const download = async () => {
    setMaking(true)
    try {
      saveAs(await api.file(`/audit?${filter.slice(1)}`, fileTypes.csv), t.audit(), "csv")
    } catch (error) {
      warn(t.noFile({ format: "CSV", problem: sentence(error) }))
    } finally {
      setMaking(false)
    }
  }
  return (
    <main className="report" id="main">
      <div className="report-head">
        <div className="names">
          <Heading>{t.audit()}</Heading>
          <p className="muted description">{t.auditText()}</p>
        </div>
        <button type="button" disabled={isMaking} onClick={download}>
          <Icon name="download" />
          {isMaking ? t.making() : t.downloadAudit()}
        </button>
      </div>
      <div className="target-choice">
        <label htmlFor={`${id}-person`}>{t.auditPerson()}</label>
        <select id={`${id}-person`} value={person} onChange={({ target }) => setPerson(target.value)}>
          <option value="">{t.auditEverybody()}</option>
          {people.toSorted((one, other) => Number(one.hasLeft) - Number(other.hasLeft)).map(({ hasLeft, id, name }) => (
            <option key={id} value={id}>{hasLeft ? `${name} (${t.peopleHasLeft()})` : name}</option>
          ))}
        </select>
        <label htmlFor={`${id}-action`}>{t.auditAction()}</label>
        <select id={`${id}-action`} value={action} onChange={({ target }) => setAction(target.value)}>
          <option value="">{t.auditAllActions()}</option>
          {Object.entries(actionNames()).map(([one, name]) => <option key={one} value={one}>{name}</option>)}
        </select>
      </div>
      {error !== null && <Banner problem={sentence(error)} onRetry={() => void refetch()} />}
      {events === undefined && error === null && <div className="skeleton skeleton-card" aria-busy="true" />}
      {events?.length === 0 && <p className="muted centered records-none">{t.auditEmpty()}</p>}
      {events !== undefined && events.length > 0 && <Events events={events} nameOf={nameOf} />}
      <LoadMore query={{ fetchNextPage, hasNextPage, isFetchingNextPage }} />
    </main>
  )
}

export const AuditPage = () => {
  const options = useOptions()
  const { role } = usePerson()
  if (options === undefined) return <PageSkeleton />
  return role === "admin" ? <AuditOfAdmin people={options.people} /> : <NotFound />
}
