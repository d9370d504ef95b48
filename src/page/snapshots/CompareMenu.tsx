import { sentence } from "../api/Problem.ts"
import { useSnapshots } from "../api/queries.ts"
import type { Snapshot } from "../api/wire.ts"
import { momentName } from "../card/words.ts"
import { useCommands } from "../finding/pageCommands.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { Popover } from "../shell/Popover.tsx"
import { comparisonAddress, goTo } from "../shell/route.ts"

type Compared = Pick<Snapshot, "id" | "reportId">

const Items = ({ id, reportId }: Compared) => {
  const { data, error } = useSnapshots(reportId)
  const others = data?.results.filter((one) => one.id !== id)
  return (
    <>
      <button type="button" onClick={() => goTo(comparisonAddress(id, "live"))}>
        <Icon name="refresh" />
        {t.compareWithNow()}
      </button>
      <hr />
      <h2>{t.compareOthers()}</h2>
      {error !== null && <p className="problem">{sentence(error)}</p>}
      {others === undefined && error === null && <p className="muted">{t.loading()}</p>}
      {others?.length === 0 && <p className="muted">{t.compareNoOthers()}</p>}
      <div className="compare-others">
        {others?.map((one) => (
          <button key={one.id} type="button" onClick={() => goTo(comparisonAddress(id, one.id))}>
            <Icon name="freeze" />
            <span dir="auto">{one.title}</span>
            <small className="muted">{momentName(one.createdAt)}</small>
          </button>
        ))}
      </div>
    </>
  )
}

/** Compares a snapshot with now, or with another snapshot of its report. */
export const CompareMenu = ({ snapshot }: { readonly snapshot: Compared }) => {
  const withNow = () => goTo(comparisonAddress(snapshot.id, "live"))
  useCommands([{ label: t.compareNow(), words: t.findCompare(), icon: "compare", go: withNow }])
  return (
    <Popover
      label={
        <>
          <Icon name="compare" />
          {t.compare()}
        </>
      }
      panelName={t.compare()}
      align="end"
      isMenu
    >
      <Items {...snapshot} />
    </Popover>
  )
}
