import type { Subscription } from "../api/wire.ts"
import { t } from "../shell/messages.ts"
import { periodNames } from "../snapshots/ScheduleFields.tsx"

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

const nameIn = <A extends string>(names: Names<A>, value: A): string =>
  names.find(([one]) => one === value)?.[1] ?? value

export const timesName = ({ at, every, timeZone }: Subscription): string =>
  t.mailsTimes({ every: nameIn(periodNames(), every), at, timeZone })

/** Such as `E-mail · PDF`. */
export const kindName = ({ channel, format, host }: Subscription): string =>
  [nameIn(channelNames(), channel), host ?? nameIn(formatNames(), format)].join(" · ")
