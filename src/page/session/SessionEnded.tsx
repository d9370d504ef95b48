import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { Dialog } from "../shell/Dialog.tsx"

export const SessionEnded = ({ onAgain }: { readonly onAgain: () => Promise<void> }) => {
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const again = () => {
    setProblem(undefined)
    onAgain().catch((error: unknown) => setProblem(sentence(error)))
  }
  return (
    <Dialog
      title="Your session has ended"
      onClose={() => {}}
      isBlocking
      footer={<button type="button" className="primary" onClick={again}>Sign in again</button>}
    >
      <p>Sign in again to go on. What you were editing is still here.</p>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
    </Dialog>
  )
}
