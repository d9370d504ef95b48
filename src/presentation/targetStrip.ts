import type { Meta } from "../domain/Series.ts"
import type { Look } from "./Look.ts"
import { targetMark } from "./targetOf.ts"
import { textWidth } from "./textWidth.ts"
import { fontFamily } from "./themes.ts"

const height = 46
const lowest = 110
const barHeight = 8
const inset = 14

/**
 * A bar at the bottom of a card shows how far the number is, with a mark at what is due by now. A low card has no room
 * for the bar. Returns the height that the bar takes, and its graphics.
 */
export const targetStrip = (meta: Meta, look: Look) => {
  const mark = targetMark(meta, look.details)
  const { size, theme } = look
  if (mark === undefined || size.height < lowest) return { height: 0, graphic: [] }
  const color = mark.isOnTrack ? theme.good : theme.bad
  const width = size.width - 2 * inset
  const top = size.height - height
  const barTop = top + 28
  const bar = (share: number, fill: string) => ({
    type: "rect" as const,
    silent: true,
    z: 10,
    shape: { x: inset, y: barTop, width: width * share, height: barHeight, r: barHeight / 2 },
    style: { fill }
  })
  const words = (text: string, x: number, align: "left" | "right", fill: string) => ({
    type: "text" as const,
    silent: true,
    z: 10,
    x,
    y: top + 8,
    style: { text, fill, fontFamily, fontSize: 12, align, verticalAlign: "top" as const }
  })
  const hasRoom = textWidth(`${mark.attained}   ${mark.due}`, 12) <= width
  return {
    height,
    graphic: [
      words(mark.attained, inset, "left", theme.ink),
      ...(hasRoom ? [words(mark.due, size.width - inset, "right", theme.muted)] : []),
      bar(1, theme.line),
      ...(mark.share > 0 ? [bar(mark.share, color)] : []),
      {
        type: "rect" as const,
        silent: true,
        z: 11,
        shape: { x: inset + width * mark.dueShare - 1, y: barTop - 3, width: 2, height: barHeight + 6 },
        style: { fill: theme.ink }
      }
    ]
  }
}
