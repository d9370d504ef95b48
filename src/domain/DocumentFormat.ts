import { Failure } from "./Failure.ts"
import { oneOf } from "./Text.ts"

export const DocumentFormat = oneOf("DocumentFormat", ["csv", "xlsx", "svg", "png", "pdf"])
export type DocumentFormat = typeof DocumentFormat.Type

export const isPicture = (format: DocumentFormat): boolean => format === "svg" || format === "png"

export const contentTypes: { readonly [F in DocumentFormat]: string } = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  svg: "image/svg+xml",
  png: "image/png",
  pdf: "application/pdf"
}

export const recordFormats = ["csv", "xlsx"] as const satisfies ReadonlyArray<DocumentFormat>

export const comparisonFormats = ["csv", "pdf"] as const satisfies ReadonlyArray<DocumentFormat>

export class PdfNotInstalled extends Failure<PdfNotInstalled>()("PdfNotInstalled", {
  status: 501,
  code: "pdf_not_installed",
  message: "This service makes no PDF files: its package @myriaddreamin/typst-ts-node-compiler is not installed."
}) {}
