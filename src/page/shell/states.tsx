import { Problem, sentence } from "../api/Problem.ts"
import { Heading } from "./Heading.tsx"
import { Icon } from "./Icon.tsx"
import { t } from "./messages.ts"

export const PageSkeleton = () => (
  <main className="report" id="main" aria-busy="true" aria-label={t.loading()}>
    <h1 className="hidden">{t.loading()}</h1>
    <div className="skeleton skeleton-title" />
    <div className="grid">
      {["a", "b", "c", "d", "e", "f"].map((key) => <div key={key} className="card skeleton skeleton-card" />)}
    </div>
  </main>
)

export const Banner = ({ onRetry, problem }: { readonly problem: string; readonly onRetry: () => void }) => (
  <div className="banner" role="alert">
    <Icon name="info" />
    <span>{problem}</span>
    <button type="button" onClick={onRetry}>{t.tryAgain()}</button>
  </div>
)

export const NotFound = ({ onRetry, problem }: { readonly problem?: Error; readonly onRetry?: () => void }) => {
  const isMissing = problem === undefined || (problem instanceof Problem && [400, 404].includes(problem.status))
  return (
    <main className="report centered" id="main">
      <Heading>{isMissing ? t.nothingHere() : t.cannotBeShown()}</Heading>
      <p className="muted">
        {isMissing ? t.deletedOrPrivate() : sentence(problem)}
      </p>
      <p>
        {isMissing || onRetry === undefined
          ? <a className="button" href="#/">{t.allReports()}</a>
          : <button type="button" onClick={onRetry}>{t.tryAgain()}</button>}
      </p>
    </main>
  )
}

export const EmptyReport = ({ isEditing, onAdd }: { readonly isEditing: boolean; readonly onAdd: () => void }) => (
  <div className="empty">
    <Icon name="report" />
    <p>{isEditing ? t.emptyReportEditing() : t.noCards()}</p>
    {isEditing && <button type="button" className="primary" onClick={onAdd}>{t.addCard()}</button>}
  </div>
)
