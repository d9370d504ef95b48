import { useState } from "react"
import { fileTypes } from "../api/fileTypes.ts"
import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import type { RecordsRequest } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { saveAs } from "../shell/saveAs.ts"

interface RecordsFilesProps {
  readonly request: RecordsRequest
  readonly title: string
}

const formats = ["csv", "xlsx"] as const

export const RecordsFiles = ({ request, title }: RecordsFilesProps) => {
  const { api } = useClient()
  const [making, setMaking] = useState<string | undefined>(undefined)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const download = async (format: (typeof formats)[number]) => {
    setMaking(format)
    setProblem(undefined)
    try {
      saveAs(await api.file("/metrics/records", fileTypes[format], request), title, format)
    } catch (error) {
      setProblem(t.noFile({ format: format.toUpperCase(), problem: sentence(error) }))
    } finally {
      setMaking(undefined)
    }
  }
  return (
    <>
      {problem !== undefined && <span className="problem" role="alert">{problem}</span>}
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          disabled={making !== undefined}
          aria-label={t.downloadRecords({ format: format.toUpperCase() })}
          onClick={() => download(format)}
        >
          <Icon name="download" />
          {making === format ? t.making() : format.toUpperCase()}
        </button>
      ))}
    </>
  )
}
