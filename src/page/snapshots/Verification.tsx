import canonicalize from "canonicalize"
import { useState } from "react"
import { hexOf } from "../api/newId.ts"
import type { Snapshot } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"
import { useSaying } from "../shell/Toasts.tsx"

const contentHashOf = async ({ layout, series }: Snapshot): Promise<string> => {
  const bytes = new TextEncoder().encode(canonicalize({ layout, series }))
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))
}

type Verdict = "unknown" | "checking" | "equal" | "different"

const verdicts: ReadonlyArray<Verdict> = ["unknown", "checking", "equal", "different"]

const words = (): Readonly<Record<Verdict, string>> => ({
  unknown: t.verify(),
  checking: t.verifying(),
  equal: t.unchangedWord(),
  different: t.changedWord()
})

const sentences = () => ({ ...words(), equal: t.unchanged(), different: t.changedAfter() })

/** Computes the content hash again in the browser. */
export const Verification = ({ snapshot }: { readonly snapshot: Snapshot }) => {
  const { warn } = useSaying()
  const [verdict, setVerdict] = useState<Verdict>("unknown")
  const verify = async () => {
    // Over plain HTTP, a browser computes no hashes.
    if (!isSecureContext) return warn(t.openOverHttps())
    setVerdict("checking")
    setVerdict(await contentHashOf(snapshot) === snapshot.contentHash ? "equal" : "different")
  }
  return (
    <button
      type="button"
      className={`verdict ${verdict}`}
      aria-live="polite"
      title={t.hashComputed({ hash: snapshot.contentHash })}
      onClick={verify}
    >
      <span className="hidden">{sentences()[verdict]}</span>
      <span className="verdict-words" aria-hidden="true">
        {verdicts.map((one) => (
          <span key={one} className={one === verdict ? "" : "unseen"}>
            <Icon name="shield" />
            {words()[one]}
          </span>
        ))}
      </span>
    </button>
  )
}
