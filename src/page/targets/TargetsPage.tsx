import { useCatalogQuery, useOptions, usePerson } from "../api/queries.ts"
import { Heading } from "../shell/Heading.tsx"
import { UnsavedDot } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { weightsAddress } from "../shell/route.ts"
import type { TargetsPart } from "../shell/routeOf.ts"
import { NotFound, PageSkeleton } from "../shell/states.tsx"
import { MonthlyTargets } from "./MonthlyTargets.tsx"
import { useUnsavedTables, weightsTable } from "./typed.ts"
import { WeightsOfStages } from "./WeightsOfStages.tsx"
import "../style/targets.css"

const partsNow = () =>
  [
    { part: "values", address: "#/targets", title: t.targets(), text: t.targetsText() },
    { part: "weights", address: weightsAddress, title: t.stageWeights(), text: t.weightsText() }
  ] as const

export const TargetsPage = ({ part }: { readonly part: TargetsPart }) => {
  const options = useOptions()
  const { data: catalog } = useCatalogQuery()
  const { role } = usePerson()
  const unsaved = useUnsavedTables()
  if (options === undefined || catalog === undefined) return <PageSkeleton />
  if (role !== "admin") return <NotFound />
  const parts = partsNow()
  const shown = parts.find((one) => one.part === part) ?? parts[0]
  return (
    <main className="report" id="main">
      <div className="report-head">
        <div className="names">
          <Heading>{shown.title}</Heading>
          <p className="muted description">{shown.text}</p>
        </div>
        <nav className="segments" aria-label={t.goals()}>
          {parts.map(({ address, part, title }) => (
            <a key={part} className="button" href={address} aria-current={part === shown.part ? "page" : undefined}>
              {title}
              {unsaved.some((table) =>
                (table === weightsTable) === (part === "weights")
              ) && <UnsavedDot />}
            </a>
          ))}
        </nav>
      </div>
      {part === "weights" ? <WeightsOfStages /> : <MonthlyTargets options={options} />}
    </main>
  )
}
