-- Distributes the tables over a Citus cluster, by organization. See docs/scale.md.
-- Run it on the coordinator, after `npm run migrate` and before the service starts:
--   psql "$DATABASE_URL" --set ON_ERROR_STOP=1 --file migrations/distribute.sql
-- Run it again after an upgrade that added tables. Tables that are already distributed stay as they are.

BEGIN;

-- The triggers of replicas. A distributed table cannot have triggers.
DO $$
DECLARE
  log_function regprocedure;
BEGIN
  FOR log_function IN
    SELECT p.oid FROM pg_proc p
    WHERE p.pronamespace = 'crm_capture'::regnamespace AND p.prorettype = 'trigger'::regtype
  LOOP
    EXECUTE format('DROP FUNCTION %s CASCADE', log_function);
  END LOOP;
END
$$;

DO $$
DECLARE
  relation regclass;
BEGIN
  -- The change log stays on the coordinator, because only replicas use it.
  -- A table comes after the tables that its foreign keys name. All are co-located with the first one.
  FOREACH relation IN ARRAY ARRAY[
    'crm.organizations',
    'crm.members',
    'crm.tags',
    'crm.leads',
    'crm.lead_status_spells',
    'crm.deals',
    'crm.deal_shares',
    'crm.tasks',
    'crm.calls',
    'crm.emails',
    'crm_reports',
    'crm_report_snapshots',
    'crm_report_idempotency_keys',
    'crm_report_keys',
    'crm_report_secrets',
    'crm_report_stage_weights',
    'crm_report_targets',
    'crm_report_versions',
    'crm_report_subscriptions',
    'crm_report_recipients',
    'crm_report_deliveries',
    'crm_report_audit',
    'crm_report_alert_looks'
  ]::regclass[] LOOP
    IF NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = relation) THEN
      PERFORM create_distributed_table(
        relation,
        'organization_id',
        colocate_with => CASE relation WHEN 'crm.organizations'::regclass THEN 'none' ELSE 'crm.organizations' END
      );
    END IF;
  END LOOP;

  -- Every node has all rows of this table.
  IF NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = 'crm_report_migrations'::regclass) THEN
    PERFORM create_reference_table('crm_report_migrations');
  END IF;
END
$$;

COMMIT;
