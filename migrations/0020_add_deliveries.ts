import { inOrder } from "./inOrder.ts"

/** `next_at` is the next time due. `link_key` signs the links by which recipients end their mails. */
const subscriptions = `CREATE TABLE crm_report_subscriptions (
    organization_id text NOT NULL,
    id uuid NOT NULL,
    report_id uuid NOT NULL,
    created_by text NOT NULL,
    schedule jsonb NOT NULL,
    channel text NOT NULL,
    format text NOT NULL,
    view jsonb NOT NULL,
    link_key text NOT NULL,
    next_at timestamptz(3) NOT NULL,
    created_at timestamptz(3) NOT NULL,
    PRIMARY KEY (organization_id, id)
  )`

/** `failures` counts the failures since the last mail that was accepted. */
const recipients = `CREATE TABLE crm_report_recipients (
    organization_id text NOT NULL,
    subscription_id uuid NOT NULL,
    user_id text NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    ended_at timestamptz(3),
    paused_at timestamptz(3),
    PRIMARY KEY (organization_id, subscription_id, user_id)
  )`

/** A process that takes a delivery sets `claim`, and moves `visible_at` on. `handed` counts how often it may have been sent. */
const deliveries = `CREATE TABLE crm_report_deliveries (
    organization_id text NOT NULL,
    id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    user_id text NOT NULL,
    due_at timestamptz(3) NOT NULL,
    is_test boolean NOT NULL,
    state text NOT NULL,
    visible_at timestamptz(3) NOT NULL,
    claim uuid,
    attempts integer NOT NULL DEFAULT 0,
    handed integer NOT NULL DEFAULT 0,
    reason text,
    settled_at timestamptz(3),
    PRIMARY KEY (organization_id, id)
  )`

const indexes = [
  `CREATE INDEX crm_report_subscriptions_report ON crm_report_subscriptions (organization_id, report_id)`,
  `CREATE INDEX crm_report_subscriptions_next_at ON crm_report_subscriptions (organization_id, next_at)`,
  `CREATE UNIQUE INDEX crm_report_deliveries_due
    ON crm_report_deliveries (organization_id, subscription_id, user_id, due_at)`,
  `CREATE INDEX crm_report_deliveries_waiting
    ON crm_report_deliveries (organization_id, visible_at) WHERE state = 'waiting'`,
  `CREATE INDEX crm_report_deliveries_settled
    ON crm_report_deliveries (organization_id, settled_at) WHERE settled_at IS NOT NULL`
]

export default inOrder([subscriptions, recipients, deliveries, ...indexes])
