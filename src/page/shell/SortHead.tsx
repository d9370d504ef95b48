import { Icon } from "./Icon.tsx"
import { nextSort, type Sort } from "./sorting.ts"

interface SortHeadProps {
  readonly by: string
  readonly label: string
  readonly isNumber: boolean
  readonly notes?: ReadonlyArray<string> | undefined
  readonly sort: Sort | undefined
  readonly onSort: (sort: Sort | undefined) => void
}

/** The head of a column. A press sorts the table by it. */
export const SortHead = ({ by, isNumber, label, notes, onSort, sort }: SortHeadProps) => {
  const isSorted = sort?.key === by
  return (
    <th
      scope="col"
      className={isNumber ? "number" : undefined}
      aria-sort={isSorted ? sort.isDown ? "descending" : "ascending" : undefined}
    >
      <button type="button" className="sort-head" onClick={() => onSort(nextSort(sort, by, isNumber))}>
        {label}
        {isSorted && <Icon name={sort.isDown ? "down" : "up"} />}
      </button>
      {notes?.map((note) => <small key={note}>{note}</small>)}
    </th>
  )
}
