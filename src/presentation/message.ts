import type { EChartsOption } from "echarts"
import { base, type Look } from "./Look.ts"
import { fontFamily } from "./themes.ts"

export const message = (look: Look, title: string, detail: string): EChartsOption => {
  const { size, theme } = look
  const width = Math.max(60, size.width - 32)
  return {
    ...base(look),
    graphic: [{
      type: "group",
      left: "center",
      top: "middle",
      silent: true,
      children: [
        {
          type: "text",
          style: {
            text: title,
            fill: theme.ink,
            fontSize: 14,
            fontWeight: 600,
            fontFamily,
            align: "center",
            width,
            overflow: "truncate"
          }
        },
        {
          type: "text",
          y: 24,
          style: {
            text: detail,
            fill: theme.muted,
            fontSize: 12,
            lineHeight: 17,
            fontFamily,
            align: "center",
            width,
            overflow: "break",
            height: Math.max(17, size.height - 48),
            lineOverflow: "truncate"
          }
        }
      ]
    }]
  }
}
