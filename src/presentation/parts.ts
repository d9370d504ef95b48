import { BarChart, GaugeChart, LineChart, PieChart, RadarChart } from "echarts/charts"
import {
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  RadarComponent,
  TooltipComponent
} from "echarts/components"
import { use } from "echarts/core"
import { SVGRenderer } from "echarts/renderers"

/** Registers what `drawing` needs of ECharts, and nothing more: a page bundles only this. */
export const registerParts = () =>
  use([
    BarChart,
    GaugeChart,
    GraphicComponent,
    GridComponent,
    LegendComponent,
    LineChart,
    MarkAreaComponent,
    PieChart,
    RadarChart,
    RadarComponent,
    SVGRenderer,
    TooltipComponent
  ])
