import crmContract from "../../../migrations/0001_crm_contract.ts"
import reports from "../../../migrations/0002_reports.ts"
import snapshots from "../../../migrations/0003_snapshots.ts"
import idempotencyKeys from "../../../migrations/0004_idempotency_keys.ts"
import sharedOwnerIndexes from "../../../migrations/0005_shared_owner_indexes.ts"
import narrowIndexes from "../../../migrations/0006_narrow_indexes.ts"
import changes from "../../../migrations/0007_changes.ts"
import keys from "../../../migrations/0008_keys.ts"
import capture from "../../../migrations/0009_capture.ts"
import recordIndexes from "../../../migrations/0010_record_indexes.ts"
import changeTables from "../../../migrations/0011_change_tables.ts"
import cleanupMarks from "../../../migrations/0012_add_cleanup_marks.ts"
import secrets from "../../../migrations/0013_add_secrets.ts"
import goals from "../../../migrations/0014_add_goals.ts"
import dealsOfLead from "../../../migrations/0015_add_deals_of_lead.ts"
import freezeSchedules from "../../../migrations/0016_add_freeze_schedules.ts"
import views from "../../../migrations/0017_add_views.ts"
import reportVersions from "../../../migrations/0018_add_report_versions.ts"
import sharing from "../../../migrations/0019_add_sharing.ts"
import deliveries from "../../../migrations/0020_add_deliveries.ts"
import audit from "../../../migrations/0021_add_audit.ts"
import webhooks from "../../../migrations/0022_add_webhooks.ts"
import alerts from "../../../migrations/0023_add_alerts.ts"
import locales from "../../../migrations/0024_add_locales.ts"
import alertLooks from "../../../migrations/0025_add_alert_looks.ts"
import snapshotNames from "../../../migrations/0026_add_snapshot_names.ts"
import { migratorOf } from "./migrator.ts"

export const all = {
  "0001_crm_contract": crmContract,
  "0002_reports": reports,
  "0003_snapshots": snapshots,
  "0004_idempotency_keys": idempotencyKeys,
  "0005_shared_owner_indexes": sharedOwnerIndexes,
  "0006_narrow_indexes": narrowIndexes,
  "0007_changes": changes,
  "0008_keys": keys,
  "0009_capture": capture,
  "0010_record_indexes": recordIndexes,
  "0011_change_tables": changeTables,
  "0012_add_cleanup_marks": cleanupMarks,
  "0013_add_secrets": secrets,
  "0014_add_goals": goals,
  "0015_add_deals_of_lead": dealsOfLead,
  "0016_add_freeze_schedules": freezeSchedules,
  "0017_add_views": views,
  "0018_add_report_versions": reportVersions,
  "0019_add_sharing": sharing,
  "0020_add_deliveries": deliveries,
  "0021_add_audit": audit,
  "0022_add_webhooks": webhooks,
  "0023_add_alerts": alerts,
  "0024_add_locales": locales,
  "0025_add_alert_looks": alertLooks,
  "0026_add_snapshot_names": snapshotNames
}

export const { migrated, migratedBy, missingMigrations } = migratorOf(all)
