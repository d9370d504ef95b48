import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { Dialog } from "../shell/Dialog.tsx"
import { t } from "../shell/messages.ts"

export const SessionEnded = ({ onAgain }: { readonly onAgain: () => Promise<void> }) => {
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const again = () => {
    setProblem(undefined)
    onAgain().catch((error: unknown) => setProblem(sentence(error)))
  }
  return (
    <Dialog
      title={t.sessionEnded()}
      onClose={() => {}}
      isBlocking
      footer={<button type="button" className="primary" onClick={again}>{t.signInAgain()}</button>}
    >
      <p>{t.signInToGoOn()}</p>
      {problem !== undefined && <p className="problem" role="alert">{problem}</p>}
    </Dialog>
  )
}
