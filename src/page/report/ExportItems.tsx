import { fileTypes } from "../api/fileTypes.ts"
import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import type { ViewRequest } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { saveAs } from "../shell/saveAs.ts"
import { useSaying } from "../shell/Toasts.tsx"

interface ExportItemsProps {
  readonly path: string
  /** The path of a report takes a body, and that of a snapshot takes none. */
  readonly body?: ViewRequest
  readonly title: string
  /** All formats by default. */
  readonly formats?: ReadonlyArray<Format>
}

const names = () =>
  [
    ["pdf", "PDF"],
    ["xlsx", "Excel (XLSX)"],
    ["csv", "CSV"],
    ["png", t.pictureFormat({ format: "PNG" })],
    ["svg", t.pictureFormat({ format: "SVG" })]
  ] as const

type Format = ReturnType<typeof names>[number][0]

/** A link cannot send the token, so the page downloads the file itself. */
export const useDownload = ({ body, path, title }: Omit<ExportItemsProps, "formats">) => {
  const { api } = useClient()
  const { say, warn } = useSaying()
  return async (format: Format) => {
    say(t.makingFile({ format: format.toUpperCase() }))
    try {
      saveAs(await api.file(path, fileTypes[format], body), title, format)
    } catch (error) {
      warn(t.noFile({ format: format.toUpperCase(), problem: sentence(error) }))
    }
  }
}

export const ExportItems = ({ formats, ...file }: ExportItemsProps) => {
  const download = useDownload(file)
  return (
    <>
      {names().filter(([format]) => formats?.includes(format) ?? true).map(([format, name]) => (
        <button
          key={format}
          type="button"
          onClick={() => download(format)}
        >
          <Icon name="download" />
          {name}
        </button>
      ))}
    </>
  )
}
