import { useCatalogQuery, useOptions, usePerson } from "../api/queries.ts"
import { weightsAddress } from "../shell/route.ts"
import type { TargetsPart } from "../shell/routeOf.ts"
import { NotFound, PageSkeleton } from "../shell/states.tsx"
import { MonthlyTargets } from "./MonthlyTargets.tsx"
import { WeightsOfStages } from "./WeightsOfStages.tsx"

const parts = [
  {
    part: "values",
    address: "#/targets",
    title: "Targets",
    text: "What each person, and the organization, is to reach in each month. A card compares its number with them."
  },
  {
    part: "weights",
    address: weightsAddress,
    title: "Stage weights",
    text: "How likely a deal closes from each stage. The weighted pipeline is computed with these percentages."
  }
] as const

export const TargetsPage = ({ part }: { readonly part: TargetsPart }) => {
  const options = useOptions()
  const { data: catalog } = useCatalogQuery()
  const { role } = usePerson()
  if (options === undefined || catalog === undefined) return <PageSkeleton />
  if (role !== "admin") return <NotFound />
  const shown = parts.find((one) => one.part === part) ?? parts[0]
  return (
    <main className="report" id="main">
      <div className="report-head">
        <div className="names">
          <h1>{shown.title}</h1>
          <p className="muted description">{shown.text}</p>
        </div>
        <nav className="segments" aria-label="Goals">
          {parts.map(({ address, part, title }) => (
            <a key={part} className="button" href={address} aria-current={part === shown.part ? "page" : undefined}>
              {title}
            </a>
          ))}
        </nav>
      </div>
      {part === "weights" ? <WeightsOfStages /> : <MonthlyTargets options={options} />}
    </main>
  )
}
