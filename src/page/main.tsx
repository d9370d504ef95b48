import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App } from "./App.tsx"
import { pageSignIn } from "./session/pageSignIn.ts"
import { loadFailedSheets } from "./shell/failedSheets.ts"
import { loadLanguage } from "./shell/language.ts"
import { untilLoaded } from "./shell/untilLoaded.ts"
import "./style/base.css"
import "./style/shell.css"
import "./style/report.css"
import "./style/dialog.css"
import "./style/narrow.css"
import "./style/print.css"

const draw = (root: HTMLElement) => {
  const signIn = pageSignIn()
  void signIn.start()
  createRoot(root).render(
    <StrictMode>
      <App signIn={signIn} />
    </StrictMode>
  )
}

loadFailedSheets()
const root = document.getElementById("root")
if (root !== null) void untilLoaded(loadLanguage).then(() => draw(root))
