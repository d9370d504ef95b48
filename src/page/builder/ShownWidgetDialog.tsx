import { LazyDialog, lazyDialog } from "../shell/LazyDialog.tsx"
import { t } from "../shell/messages.ts"
import type { WidgetDialogProps } from "./WidgetDialog.tsx"

const WidgetDialog = lazyDialog(async () => (await import("./WidgetDialog.tsx")).WidgetDialog)

interface ShownWidgetDialogProps extends Omit<WidgetDialogProps, "asked"> {
  readonly asked: WidgetDialogProps["asked"] | undefined
}

/** Only those who edit a report load this dialog. */
export const ShownWidgetDialog = ({ asked, ...props }: ShownWidgetDialogProps) =>
  asked === undefined ? null : (
    <LazyDialog of={asked} problem={t.cannotBeShown()} onClose={props.onClose}>
      <WidgetDialog asked={asked} {...props} />
    </LazyDialog>
  )
