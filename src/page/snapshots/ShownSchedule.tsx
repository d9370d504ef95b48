import type { ComponentProps } from "react"
import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"

const ScheduleDialog = lazyDialog(async () => (await import("./ScheduleDialog.tsx")).ScheduleDialog)

export const ShownSchedule = (props: ComponentProps<typeof ScheduleDialog>) => (
  <LazyDialog of={props.report} problem={t.freezeOnSchedule()} onClose={props.onClose}>
    <ScheduleDialog {...props} />
  </LazyDialog>
)
