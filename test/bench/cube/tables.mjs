import { integer, numeric, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core"

const crm = pgSchema("crm")

const time = (name) => timestamp(name, { withTimezone: true, mode: "string" })

const seen = {
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id"),
  assigneeIds: text("assignee_ids").array().notNull()
}

export const leads = crm.table("leads", {
  ...seen,
  tagIds: uuid("tag_ids").array().notNull(),
  status: text("status").notNull(),
  createdAt: time("created_at").notNull(),
  firstCallAt: time("first_call_at")
})

export const deals = crm.table("deals", {
  ...seen,
  stage: text("stage").notNull(),
  status: text("status").notNull(),
  price: numeric("price"),
  currency: text("currency").notNull(),
  closedAt: time("closed_at")
})

export const tasks = crm.table("tasks", {
  ...seen,
  dueAt: time("due_at"),
  completedAt: time("completed_at")
})

export const calls = crm.table("calls", {
  organizationId: text("organization_id").notNull(),
  ownerId: text("owner_id"),
  outcome: text("outcome").notNull(),
  durationSeconds: integer("duration_seconds").notNull(),
  startedAt: time("started_at").notNull()
})
