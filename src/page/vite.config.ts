import { resolve } from "node:path"
import { defineConfig, type Plugin } from "vite"

const service = "http://127.0.0.1:3000"

const unused =
  /(echarts.lib.(util.decal|legacy.dataSelectAction|i18n.lang(EN|ZH)|loading.default|theme.dark|preprocessor.backwardCompat|component.tooltip.TooltipRichContent|chart.line.lineAnimationDiff|chart.(pie.labelLayout|radar.backwardCompat))|zrender.lib.svg.css(Animation|Emphasis)|react-resizable.build.(propTypes|ResizableBox))\.js$/

const withoutUnused: Plugin = {
  name: "without-unused",
  load: {
    filter: { id: unused },
    handler: () =>
      "export default () => {}; export const createOrUpdatePatternFromDecal = () => null, createCSSAnimation = () => {}, createCSSEmphasis = () => {}, createLegacyDataSelectAction = () => {}, handleLegacySelectEvents = () => {}"
  }
}

const language = /src[\\/]languages[\\/]compiled[\\/]([a-z]{2})[\\/]/

export default defineConfig({
  root: import.meta.dirname,
  base: "/app/",
  plugins: [withoutUnused],
  // This entry of Clerk's library never loads code from other hosts.
  resolve: { alias: { "@clerk/clerk-js": "@clerk/clerk-js/no-rhc" } },
  build: {
    outDir: resolve(import.meta.dirname, "../../dist/page"),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      // Libraries have `use client` directives, which mean nothing here.
      checks: { moduleLevelDirective: false },
      output: {
        codeSplitting: {
          // The first load has few files: without the last two groups, each module that a lazy part shares has its own.
          groups: [
            { name: "charts", test: /node_modules[\\/](echarts|zrender|tslib)/ },
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
            { name: "shared", test: /src[\\/].*\.tsx?$|messageformat|make-plural/, minShareCount: 2 },
            { name: (id) => language.exec(id)?.[1] ?? null, debugName: "language", test: language }
          ]
        }
      }
    }
  },
  server: { proxy: { "/crm-reports": service, "/app/sign-in": service } }
})
