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

/** The page bundles only these parts of ECharts. */
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
