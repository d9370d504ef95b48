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

type Format = keyof typeof fileTypes

const allFormats = ["pdf", "xlsx", "csv", "png", "svg"] as const

export const formatName = (format: Format): string => {
  if (format === "xlsx") return "Excel (XLSX)"
  const name = format.toUpperCase()
  return format === "png" || format === "svg" ? t.pictureFormat({ format: name }) : name
}

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

export const ExportItems = ({ formats = allFormats, ...file }: ExportItemsProps) => {
  const download = useDownload(file)
  return (
    <>
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          onClick={() => download(format)}
        >
          <Icon name="download" />
          {formatName(format)}
        </button>
      ))}
    </>
  )
}
