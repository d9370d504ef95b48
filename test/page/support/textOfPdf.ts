import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs"

export const textOfPdf = async (bytes: Uint8Array): Promise<string> => {
  const file = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise
  const pages = await Promise.all(
    Array.from({ length: file.numPages }, async (_, index) => (await file.getPage(index + 1)).getTextContent())
  )
  return pages.flatMap(({ items }) => items.map((item) => "str" in item ? item.str : "")).join(" ")
}
