import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import { Icon } from "../shell/Icon.tsx"
import { useSaying } from "../shell/Toasts.tsx"

interface ExportItemsProps {
  readonly path: string
  readonly query: URLSearchParams
  readonly title: string
}

const formats = [
  ["pdf", "PDF"],
  ["xlsx", "Excel (XLSX)"],
  ["csv", "CSV"],
  ["png", "Picture (PNG)"],
  ["svg", "Picture (SVG)"]
] as const

const saveAs = (file: Blob, name: string) => {
  const address = URL.createObjectURL(file)
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** A link cannot send the token, so the page downloads the file itself. */
export const ExportItems = ({ path, query, title }: ExportItemsProps) => {
  const { api } = useClient()
  const { say, warn } = useSaying()
  const download = async (format: string) => {
    say(`Making the ${format.toUpperCase()}…`)
    try {
      const asked = new URLSearchParams(query)
      asked.set("format", format)
      saveAs(await api.file(`${path}?${asked}`), `${title.replaceAll(/[\\/:*?"<>|]/g, " ")}.${format}`)
    } catch (error) {
      warn(`No ${format.toUpperCase()}: ${sentence(error)}`)
    }
  }
  return (
    <>
      {formats.map(([format, name]) => (
        <button key={format} type="button" onClick={() => download(format)}>
          <Icon name="download" />
          {name}
        </button>
      ))}
    </>
  )
}
