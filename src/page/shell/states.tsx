import { Problem, sentence } from "../api/Problem.ts"
import { Icon } from "./Icon.tsx"

export const PageSkeleton = () => (
  <main className="report" id="main" aria-busy="true" aria-label="Loading">
    <h1 className="hidden">Loading</h1>
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
    <button type="button" onClick={onRetry}>Try again</button>
  </div>
)

export const NotFound = ({ onRetry, problem }: { readonly problem?: Error; readonly onRetry?: () => void }) => {
  const isMissing = problem === undefined || (problem instanceof Problem && [400, 404].includes(problem.status))
  return (
    <main className="report centered" id="main">
      <h1>{isMissing ? "There is nothing here" : "This cannot be shown now"}</h1>
      <p className="muted">
        {isMissing ? "It was deleted, or it is somebody else's private report." : sentence(problem)}
      </p>
      <p>
        {isMissing || onRetry === undefined
          ? <a className="button" href="#/">All reports</a>
          : <button type="button" onClick={onRetry}>Try again</button>}
      </p>
    </main>
  )
}

export const EmptyReport = ({ isEditing, onAdd }: { readonly isEditing: boolean; readonly onAdd: () => void }) => (
  <div className="empty">
    <Icon name="report" />
    <p>{isEditing ? "An empty report. Begin with a number." : "This report has no cards yet."}</p>
    {isEditing && <button type="button" className="primary" onClick={onAdd}>Add a card</button>}
  </div>
)
