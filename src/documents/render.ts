import type { DocumentFormat } from "../domain/DocumentFormat.ts"
import { csv } from "./csv.ts"
import type { Document } from "./Document.ts"
import { drawable } from "./drawable.ts"
import { pdf } from "./pdf.ts"
import { picture } from "./picture.ts"
import { png } from "./png.ts"
import { xlsx } from "./xlsx.ts"

export const render = async (document: Document, format: DocumentFormat): Promise<Uint8Array | undefined> => {
  switch (format) {
    case "csv":
      return Buffer.from(csv(document))
    case "xlsx":
      return xlsx(document)
    case "svg":
      return Buffer.from(picture(document).markup)
    case "png":
      return png(picture(drawable(document)))
    case "pdf":
      return pdf(drawable(document))
  }
}
