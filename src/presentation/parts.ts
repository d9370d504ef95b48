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

/** Tree-shaking: the page bundles only these. */
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
