import { tasks } from "./crm.ts"
import { all, count, missing, not, past, present, ratio } from "./Measure.ts"
import { breakdown, person, stat, timeseries } from "./Metric.ts"

const completed = present(tasks.completedAt)
const overdue = all(missing(tasks.completedAt), past(tasks.dueAt))
const pending = all(missing(tasks.completedAt), not(past(tasks.dueAt)))

export const taskMetrics = {
  "tasks.created_over_time": timeseries({
    label: "Tasks created",
    description: "Tasks by creation time.",
    from: tasks.population,
    at: tasks.createdAt,
    measure: count(),
    unit: "count",
    charts: ["area", "line", "bar"],
    groupBy: { assignee: person }
  }),
  "tasks.completed_over_time": timeseries({
    label: "Tasks completed",
    description: "Completed tasks by completion time.",
    from: tasks.population,
    at: tasks.completedAt,
    measure: count(),
    unit: "count",
    moreIsBetter: true,
    charts: ["bar", "line", "area"],
    groupBy: { assignee: person }
  }),
  "tasks.completion_rate": stat({
    label: "Completion rate",
    description:
      "Share of completed tasks among the tasks that were due in the window. Tasks that are due later than now or have no due date are not counted.",
    from: tasks.population,
    at: tasks.dueAt,
    measure: ratio(count({ where: completed }), count()),
    unit: "percent",
    moreIsBetter: true,
    charts: ["radial", "stat"]
  }),
  "tasks.by_status": breakdown({
    label: "Tasks by status",
    description: "Tasks created in the window, by their state now: completed, overdue (due before now), or pending.",
    from: tasks.population,
    at: tasks.createdAt,
    measure: count(),
    unit: "count",
    charts: ["donut", "pie", "bar"],
    isByStateNow: true,
    parts: [
      { key: "pending", label: "Pending", color: "blue", where: pending },
      { key: "overdue", label: "Overdue", color: "red", where: overdue },
      { key: "completed", label: "Completed", color: "green", where: completed }
    ]
  }),
  "tasks.overdue": stat({
    label: "Overdue tasks",
    description: "Tasks that are not completed and were due before now. The timeframe is ignored.",
    from: tasks.population,
    where: overdue,
    measure: count(),
    unit: "count",
    moreIsBetter: false,
    charts: ["stat"]
  })
}
