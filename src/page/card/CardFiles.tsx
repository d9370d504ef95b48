import { fileTypes } from "../api/fileTypes.ts"
import { useClient } from "../api/queries.ts"
import type { RunRequest } from "../api/wire.ts"
import { copyPicture } from "../finding/commands.ts"
import { ExportItems } from "../report/ExportItems.tsx"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { useTheme } from "../shell/theme.ts"
import { useSaying } from "../shell/Toasts.tsx"

/** In CSS pixels. A file has two pixels for each. */
const pictureWidth = 800

const formats = ["csv", "png"] as const

/** The files of a card, in its menu. */
export const CardFiles = ({ run, title }: { readonly run: RunRequest; readonly title: string }) => {
  const { api } = useClient()
  const { name } = useTheme()
  const { say, warn } = useSaying()
  const path = `/metrics/run?width=${pictureWidth}&theme=${name}`
  const copy = async () => {
    if (await copyPicture(api.file(path, fileTypes.png, run))) say(t.pictureCopied())
    else warn(t.pictureNotCopied())
  }
  return (
    <>
      <hr />
      <ExportItems path={path} body={run} title={title} formats={formats} />
      <button type="button" onClick={copy}>
        <Icon name="copy" />
        {t.copyPicture()}
      </button>
    </>
  )
}
