import { type ComponentProps, lazy } from "react"
import { LazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"

const ScheduleDialog = lazy(async () => ({ default: (await import("./ScheduleDialog.tsx")).ScheduleDialog }))

export const ShownSchedule = (props: ComponentProps<typeof ScheduleDialog>) => (
  <LazyDialog of={props.report} problem={t.freezeOnSchedule()} onClose={props.onClose}>
    <ScheduleDialog {...props} />
  </LazyDialog>
)
