import { useEffect, useRef, useState } from "react"
import { sentence } from "../api/Problem.ts"
import { useClient } from "../api/queries.ts"
import type { Design } from "../api/wire.ts"
import { Icon } from "../shell/Icon.tsx"
import { t } from "../shell/messages.ts"

const nothingIn = ({ notUnderstood }: Design) => {
  const example = t.wishExample()
  return notUnderstood.length === 0
    ? t.noNumberFits({ example })
    : t.noNumberFitsWords({ example, words: notUnderstood.join(", ") })
}

export const DescribeIt = ({ onDesign }: { readonly onDesign: (design: Design) => void }) => {
  const { api } = useClient()
  const [wish, setWish] = useState("")
  const [problem, setProblem] = useState("")
  const [isWaiting, setWaiting] = useState(false)
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])

  const send = async () => {
    const request = new AbortController()
    asked.current = request
    setProblem("")
    setWaiting(true)
    try {
      const design = await api.design(wish, request.signal)
      if (request.signal.aborted) return
      if (design.draft.layout.widgets.length > 0) return onDesign(design)
      setProblem(nothingIn(design))
    } catch (error) {
      if (!request.signal.aborted) setProblem(sentence(error))
    } finally {
      setWaiting(false)
    }
  }
  const submit = () => {
    if (isWaiting) return asked.current?.abort()
    if (wish.trim() !== "") void send()
  }
  return (
    <form
      className="describe"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label htmlFor="wish">{t.describeIt()}</label>
      <textarea
        id="wish"
        rows={2}
        maxLength={2_000}
        placeholder={t.wishExample()}
        value={wish}
        readOnly={isWaiting}
        onChange={({ target }) => setWish(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (!isWaiting) submit()
        }}
      />
      <button type="submit" className="primary" disabled={wish.trim() === ""}>
        {isWaiting ? t.stop() : t.makeDraft()}
      </button>
      <p role="status" className="muted">{isWaiting ? t.makingDraft() : ""}</p>
      {problem !== "" && (
        <p role="alert" className="banner">
          <Icon name="info" />
          <span>{problem}</span>
        </p>
      )}
    </form>
  )
}
