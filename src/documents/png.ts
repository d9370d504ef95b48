import { Resvg } from "@resvg/resvg-js"
import { fontFamilies, fontFiles } from "./fonts.ts"
import type { Picture } from "./picture.ts"

const zoom = 2
const mostPixels = 40_000_000

export const png = ({ height, markup, width }: Picture): Buffer => {
  const scale = Math.min(zoom, Math.sqrt(mostPixels / (width * height)))
  const image = new Resvg(markup, {
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: fontFamilies[0] },
    fitTo: { mode: "zoom", value: scale }
  })
  return image.render().asPng()
}
