import type { AuditEvent } from "../api/wire.ts"
import { visibilityName } from "../builder/differences.ts"
import { t } from "../shell/messages.ts"

export const actionNames = (): { readonly [action in AuditEvent["action"]]: string } => ({
  create: t.auditCreate(),
  change: t.auditChange(),
  restore: t.auditRestore(),
  delete: t.auditDelete(),
  share: t.auditShare(),
  unshare: t.auditUnshare(),
  freeze: t.auditFreeze(),
  renew: t.auditRenew(),
  export: t.auditExport(),
  subscribe: t.auditSubscribe(),
  unsubscribe: t.auditUnsubscribe(),
  deliver: t.auditDeliver()
})

export const objectNames = (): { readonly [one in AuditEvent["object"]]: string } => ({
  report: t.report(),
  snapshot: t.snapshot(),
  freeze_schedule: t.auditSchedule(),
  subscription: t.auditSubscription(),
  widgets: t.auditWidgets(),
  records: t.auditRecords(),
  key: t.auditKey()
})

const channelNames = (): { readonly [channel in NonNullable<AuditEvent["channel"]>]: string } => ({
  email: t.auditByMail(),
  slack: t.auditBySlack(),
  webhook: t.auditByWebhook()
})

export const detailsOf = (event: AuditEvent, nameOf: (userId: string) => string): string => {
  const { alert, channel, format, people, restoredVersion, version, visibility, withKey } = event
  return [
    ...(version === null ? [] : [t.versionName({ version: String(version) })]),
    ...(restoredVersion === null ? [] : [t.auditFromVersion({ version: String(restoredVersion) })]),
    ...(visibility === null ? [] : [visibilityName(visibility)]),
    ...(people.length === 0 ? [] : [people.map(nameOf).join(", ")]),
    ...(alert ? [t.auditAlert()] : []),
    ...(channel === null ? [] : [channelNames()[channel]]),
    ...(format === null || format === "link" ? [] : [format.toUpperCase()]),
    ...(withKey ? [t.auditWithKey()] : [])
  ].join(" · ")
}
