import { useId, useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useReaders } from "../api/queries.ts"
import { found } from "../choosing/Choice.ts"
import { t } from "../shell/messages.ts"

interface ReadersFieldProps {
  readonly value: ReadonlyArray<string>
  /** This person can read it anyway. */
  readonly without?: string
  readonly most?: number
  readonly onChange: (ids: ReadonlyArray<string>) => void
}

/** The service refuses a longer list. */
export const maxReaders = 50

/** Chooses people of the organization. Chosen people who have left stay in the list, so that they can be taken out. */
export const ReadersField = ({ most = maxReaders, onChange, value, without }: ReadersFieldProps) => {
  const id = useId()
  const { data, error } = useReaders()
  const [search, setSearch] = useState("")
  if (error !== null) return <p className="problem" role="alert">{sentence(error)}</p>
  const known = data?.results ?? []
  const gone = value.filter((one) => data !== undefined && known.every((person) => person.id !== one))
  const choices = [...known.filter((person) => person.id !== without), ...gone.map((one) => ({ id: one, name: one }))]
  const shown = found(choices.map(({ id: one, name }) => ({ value: one, label: name })), search)
  return (
    // Enter in the search and on a box does not submit the dialog.
    <div className="fields" onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}>
      <div className="readers-find">
        <label htmlFor={id}>{t.readersSearch()}</label>
        <span className="muted small" role="status">
          {t.readersChosen({ count: value.length, most: String(most) })}
        </span>
        <input id={id} data-focus type="search" value={search} onChange={({ target }) => setSearch(target.value)} />
      </div>
      <div className="readers scrolls" role="group" aria-label={t.readersName()}>
        {shown.map(({ label, value: one }) => (
          <label key={one} className="check">
            <input
              type="checkbox"
              checked={value.includes(one)}
              disabled={value.length >= most && !value.includes(one)}
              onChange={({ target }) =>
                onChange(target.checked ? [...value, one] : value.filter((other) => other !== one))}
            />
            <span>{label}</span>
            {gone.includes(one) && <span className="muted">{t.readerLeft()}</span>}
          </label>
        ))}
      </div>
    </div>
  )
}
