import { useContext, useEffect } from "react"
import type { Place } from "../../presentation/grid.ts"
import { templates } from "../../templates.ts"
import { useCatalog, usePerson } from "../api/queries.ts"
import type { ChartKind, Design, Widget } from "../api/wire.ts"
import type { Draft } from "../builder/Draft.ts"
import { DraftsContext } from "../builder/Drafts.ts"
import { begun, editingOf } from "../builder/Editing.ts"
import { Heading } from "../shell/Heading.tsx"
import { t } from "../shell/messages.ts"
import { goTo, reportAddress } from "../shell/route.ts"
import { DescribeIt } from "./DescribeIt.tsx"
import { newReport } from "./ReportPage.tsx"

const blank = (): Draft => ({
  title: t.untitledReport(),
  description: null,
  visibility: "private",
  people: [],
  defaultTimeframe: { preset: "last_30d", bucket: "day" },
  defaultFilters: null,
  defaultPeople: null,
  layout: { widgets: [] }
})

interface SketchProps {
  readonly widgets: ReadonlyArray<Pick<Widget, "chart" | "instanceId"> & Place>
}

const marks: Readonly<Partial<Record<ChartKind, string>>> = {
  area: "M0 9 3 5 6 7 10 2V10H0Z",
  line: "M0 8 3 4 6 6 10 1",
  bar: "M1 10V6M4 10V3M7 10V5M10 10V2",
  leaderboard: "M0 2H10M0 5H7M0 8H5",
  donut: "M5 1a4 4 0 1 1-.01 0",
  radial: "M1 8a4 4 0 1 1 8 0",
  funnel: "M0 2H10M2 5H8M4 8H6",
  stat: "M2 5H8"
}

const markOf = (chart: string): string => Object.entries(marks).find(([name]) => name === chart)?.[1] ?? "M2 5H8"

const Sketch = ({ widgets }: SketchProps) => {
  const bottom = Math.max(1, ...widgets.map(({ h, y }) => y + h))
  return (
    <svg className="sketch" viewBox={`0 0 120 ${Math.min(bottom, 24) * 4}`} aria-hidden="true">
      {widgets.map(({ chart, h, instanceId, w, x, y }) => (
        <g key={instanceId} transform={`translate(${x * 10 + 1} ${y * 4 + 1})`}>
          <rect width={w * 10 - 2} height={h * 4 - 2} rx="2" />
          <path d={markOf(chart)} transform={`translate(${w * 5 - 6} ${h * 2 - 6})`} />
        </g>
      ))}
    </svg>
  )
}

export const NewReport = () => {
  const drafts = useContext(DraftsContext)
  const person = usePerson()
  const metrics = useCatalog()
  useEffect(() => {
    document.title = `${t.newReport()} · CRM Reports`
  }, [])
  const begin = (draft: Draft, design?: Design) => {
    drafts.set(newReport, begun(drafts.of(newReport) ?? editingOf(blank(), undefined), draft, design))
    goTo(reportAddress(newReport))
  }
  const offered = templates.filter(({ adminOnly }) => !adminOnly || person.role === "admin")
  return (
    <main className="report" id="main">
      <header className="report-head">
        <div className="names">
          <Heading>{t.newReport()}</Heading>
          <p className="muted description">{t.describeOrBegin()}</p>
        </div>
      </header>
      <DescribeIt onDesign={(design) => begin({ ...blank(), ...design.draft }, design)} />
      <ul className="templates">
        <li>
          <button type="button" className="template" onClick={() => begin(blank())}>
            <svg className="sketch" viewBox="0 0 120 80" aria-hidden="true">
              <path d="M60 30V50M50 40H70" />
            </svg>
            <strong>{t.emptyReport()}</strong>
            <span className="muted">{t.chooseFromNumbers({ count: metrics.size })}</span>
          </button>
        </li>
        {offered.map(({ defaultTimeframe = blank().defaultTimeframe, layout, name, ...english }) => {
          const title = t.templateTitle({ name, title: english.title })
          const widgets = layout.widgets.map((widget) =>
            widget.table === undefined ? widget : { ...widget, table: t.templateTable() }
          )
          const description = t.templateDescription({ name, description: english.description })
          return (
            <li key={name}>
              <button
                type="button"
                className="template"
                onClick={() => begin({ ...blank(), title, description, defaultTimeframe, layout: { widgets } })}
              >
                <Sketch widgets={layout.widgets} />
                <strong>{title}</strong>
                <span className="muted">{description}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </main>
  )
}
