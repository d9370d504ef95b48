import { BarChart, LineChart, PieChart, RadarChart } from "echarts/charts"
import {
  GraphicComponent,
  GridComponent,
  LegendPlainComponent,
  MarkAreaComponent,
  RadarComponent,
  TooltipComponent
} from "echarts/components"
import { use } from "echarts/core"
import { SVGRenderer } from "echarts/renderers"

export const registerParts = () =>
  use([
    BarChart,
    GraphicComponent,
    GridComponent,
    LegendPlainComponent,
    LineChart,
    MarkAreaComponent,
    PieChart,
    RadarChart,
    RadarComponent,
    SVGRenderer,
    TooltipComponent
  ])
