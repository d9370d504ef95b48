import { lazy, Suspense } from "react"
import type { RunRequest } from "../api/wire.ts"
import { type RecordsAsked, recordsRequest } from "./RecordsAsked.ts"

const RecordsPanel = lazy(async () => ({ default: (await import("./RecordsPanel.tsx")).RecordsPanel }))

interface ShownRecordsProps {
  readonly asked: RecordsAsked
  readonly run: RunRequest
  readonly onClose: () => void
}

/** Loads the panel when somebody first asks for records. */
export const ShownRecords = ({ asked, onClose, run }: ShownRecordsProps) => {
  const request = recordsRequest(asked, run)
  if (request === undefined) return null
  return (
    <Suspense>
      <RecordsPanel asked={asked} request={request} onClose={onClose} />
    </Suspense>
  )
}
