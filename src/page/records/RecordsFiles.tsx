import { useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import type { RecordsRequest } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { saveAs } from "../shell/saveAs.ts"

interface RecordsFilesProps {
  readonly request: RecordsRequest
  readonly title: string
}

const formats = [
  ["csv", "text/csv"],
  ["xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
] as const

export const RecordsFiles = ({ request, title }: RecordsFilesProps) => {
  const { api } = useClient()
  const [making, setMaking] = useState<string | undefined>(undefined)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const download = async (format: string, accept: string) => {
    setMaking(format)
    setProblem(undefined)
    try {
      saveAs(await api.recordsFile(request, accept), title, format)
    } catch (error) {
      setProblem(`No ${format.toUpperCase()}: ${sentence(error)}`)
    } finally {
      setMaking(undefined)
    }
  }
  return (
    <>
      {problem !== undefined && <span className="problem" role="alert">{problem}</span>}
      {formats.map(([format, accept]) => (
        <button
          key={format}
          type="button"
          disabled={making !== undefined}
          aria-label={`Download all records as ${format.toUpperCase()}`}
          onClick={() => download(format, accept)}
        >
          <Icon name="download" />
          {making === format ? "Making…" : format.toUpperCase()}
        </button>
      ))}
    </>
  )
}
