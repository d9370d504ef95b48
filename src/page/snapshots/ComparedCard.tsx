import {
  type ComparedFormat,
  comparedFormat,
  comparedNames,
  incomparableText,
  toneOf
} from "../../presentation/compared.ts"
import type { CatalogEntry, SnapshotComparison } from "../api/wire.ts"
import { localization } from "../shell/messages.ts"

type Compared = SnapshotComparison["widgets"][number]
type ComparedPoint = Compared["points"][number]

interface ComparedCardProps {
  readonly title: string
  readonly metric: CatalogEntry | undefined
  readonly groupBy: string | undefined
  readonly compared: Compared | undefined
  /** The names of the two sides. */
  readonly headings: { readonly value: string; readonly other: string }
}

interface PointProps {
  readonly point: ComparedPoint
  readonly format: ComparedFormat
  readonly tone: string
}

const ComparedNumber = ({ format, point, tone }: PointProps) => {
  const { difference, other, percent, value } = point
  return (
    <div className="compared-number">
      <p>
        <span className="muted">{format.full(value)}</span> → <strong>{format.full(other)}</strong>
      </p>
      <p className={`compared-change ${tone}`}>
        {format.change({ difference, percent })}
      </p>
    </div>
  )
}

const Body = ({ compared, groupBy, headings, metric, title }: ComparedCardProps) => {
  if (compared === undefined) return <div className="plot skeleton" aria-hidden="true" />
  const { incomparable, meta, points } = compared
  const { t } = localization()
  if (incomparable !== undefined) {
    return (
      <div className="card-fault incomparable">
        <strong>{t.comparedNot()}</strong>
        <span>{incomparableText(incomparable.reason, localization())}</span>
      </div>
    )
  }
  const [only] = points
  if (meta === undefined || only === undefined) return <p className="card-fault">{t.comparedNothing()}</p>
  const format = comparedFormat(meta, localization())
  const toneAt = (point: ComparedPoint) => toneOf(point, metric?.moreIsBetter)
  if (points.length === 1 && only.key === "") return <ComparedNumber point={only} format={format} tone={toneAt(only)} />
  const nameOf = comparedNames(compared, metric, groupBy, localization())
  return (
    <div className="card-table" tabIndex={0} role="region" aria-label={title}>
      <table className="compared-table">
        <caption className="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t.comparedName()}</th>
            {[headings.value, headings.other, t.comparedDifference(), t.comparedPercent()].map((heading, index) => (
              <th key={index} scope="col" className="number">{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point, index) => (
            <tr key={index}>
              <th scope="row" dir="auto">
                {nameOf(point)}
                {point.partial === true && <small className="muted">{t.comparedPartial()}</small>}
              </th>
              <td className="number">{format.full(point.value)}</td>
              <td className="number">{format.full(point.other)}</td>
              <td className={`number compared-change ${toneAt(point)}`}>{format.difference(point.difference)}</td>
              <td className="number">{format.percent(point.percent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export const ComparedCard = (props: ComparedCardProps) => (
  <section className="card" role="group" aria-label={props.title} aria-busy={props.compared === undefined}>
    <div className="card-head">
      <h2 title={props.title}>{props.title}</h2>
    </div>
    <Body {...props} />
  </section>
)
