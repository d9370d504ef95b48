import { languageOf, languages } from "../../languages/Language.ts"
import { titleOf } from "../../presentation/titleOf.ts"
import type { CatalogEntry, Report, Subscription } from "../api/wire.ts"
import { periodNames } from "../card/words.ts"
import { languageNames } from "../shell/language.ts"
import { locale, localization, t } from "../shell/messages.ts"

type Names<A extends string> = ReadonlyArray<readonly [value: A, name: string]>

export const channelNames = (): Names<Subscription["channel"]> => [
  ["email", t.mailsByEmail()],
  ["slack", t.mailsBySlack()],
  ["webhook", t.mailsByWebhook()]
]

export const formatNames = (): Names<Subscription["format"]> => [
  ["pdf", "PDF"],
  ["xlsx", "XLSX"],
  ["csv", "CSV"],
  ["link", t.mailsNoFile()]
]

/** Each language has the locale that is kept, or else that of the page. */
export const localeNames = (kept: string): Names<string> =>
  languages.map((language) => [
    [kept, locale()].find((one) => languageOf(one) === language) ?? language,
    languageNames[language]
  ])

const nameIn = <A extends string>(names: Names<A>, value: A): string =>
  names.find(([one]) => one === value)?.[1] ?? value

export const timesName = ({ at, every, timeZone, weekStart }: Subscription): string =>
  t.mailsTimes({ every: nameIn(periodNames(weekStart), every), at, timeZone })

/** Such as `E-mail · PDF`. */
export const kindName = ({ channel, format, host }: Subscription): string =>
  [nameIn(channelNames(), channel), host ?? nameIn(formatNames(), format)].join(" · ")

/** Such as `Only if “Win rate” falls below 40: its value`. */
export const alertName = (
  { above, below, instanceId, of }: NonNullable<Subscription["when"]>,
  { layout }: Report,
  metrics: ReadonlyMap<string, CatalogEntry>
): string => {
  const widget = layout.widgets.find((one) => one.instanceId === instanceId)
  const card = widget === undefined
    ? t.mailsCardRemoved()
    : titleOf(widget, metrics.get(widget.metricId), localization())
  const threshold = new Intl.NumberFormat(localization().locale, { maximumFractionDigits: 2 }).format(
    above ?? below ?? 0
  )
  return t.mailsAlert({ card, of, side: above === undefined ? "below" : "above", threshold })
}
