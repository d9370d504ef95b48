import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react"
import { apiOf, isWorthRetrying } from "./api/Api.ts"
import { sentence } from "./api/Problem.ts"
import { ClientContext, whileFailing } from "./api/queries.ts"
import { DraftsContext, draftsOf, isAnyDirty } from "./builder/Drafts.ts"
import { leaveFullScreen } from "./finding/commands.ts"
import { Finder, type Finding } from "./finding/Finder.tsx"
import { Home, NewReport } from "./finding/Home.tsx"
import { useKept } from "./finding/useKept.ts"
import { newReport, ReportPage } from "./report/ReportPage.tsx"
import { personKey } from "./session/Session.ts"
import { SessionEnded } from "./session/SessionEnded.tsx"
import type { SignIn, SignInState } from "./session/SignIn.ts"
import { SignInPage } from "./session/SignInPage.tsx"
import { Icon } from "./shell/Icon.tsx"
import { useLocale } from "./shell/language.ts"
import { LazyPart, lazyPart } from "./shell/LazyPart.tsx"
import { setTimeZone, t } from "./shell/messages.ts"
import { PersonMenu } from "./shell/PersonMenu.tsx"
import { goTo, useRoute } from "./shell/route.ts"
import type { Route } from "./shell/routeOf.ts"
import { Sidebar } from "./shell/Sidebar.tsx"
import { NotFound, PageSkeleton } from "./shell/states.tsx"
import { ThemeContext, useMadeTheme } from "./shell/theme.ts"
import { Toasts, useSaying } from "./shell/Toasts.tsx"

const TargetsPage = lazyPart(async () => (await import("./targets/TargetsPage.tsx")).TargetsPage)

const SnapshotPage = lazyPart(async () => (await import("./snapshots/SnapshotPage.tsx")).SnapshotPage)

const AuditPage = lazyPart(async () => (await import("./audit/AuditPage.tsx")).AuditPage)

const Slideshow = lazyPart(async () => (await import("./finding/Slideshow.tsx")).Slideshow)

const queryClientOf = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && isWorthRetrying(error),
        retryDelay: (attempt) => 400 * 2 ** attempt,
        refetchOnWindowFocus: false,
        networkMode: "always",
        staleTime: 5_000,
        refetchInterval: whileFailing
      },
      mutations: { networkMode: "always" }
    }
  })

const Content = ({ route }: { readonly route: Route }) => {
  switch (route.page) {
    case "home":
      return <Home />
    case "new":
      return <NewReport />
    case "targets":
      return <TargetsPage part={route.part} />
    case "audit":
      return <AuditPage />
    case "slideshow":
      return <Slideshow seconds={route.seconds} />
    case "report":
      return <ReportPage id={route.id} query={route.query} />
    case "snapshot":
      return <SnapshotPage key={route.id} id={route.id} comparison={route.comparison} />
  }
}

/** Keeps the order in which the person opens reports. */
const Opened = ({ id }: { readonly id: string }) => {
  const { opened } = useKept()
  useEffect(() => opened(id), [id, opened])
  return null
}

/**
 * A new place begins at its top. The focus stays on a link that was followed. Otherwise, the heading of the place takes it.
 * Only the slideshow goes on with the full screen.
 */
const usePlace = (route: Route) => {
  const place = route.page === "report" || route.page === "snapshot" ? route.id : route.page
  const before = useRef("home")
  useLayoutEffect(() => {
    scrollTo(0, 0)
    if (place !== "slideshow") leaveFullScreen()
    const focused = document.activeElement
    const isLeft = before.current !== "home" && focused?.closest("a, dialog") === null
    if (isLeft && focused instanceof HTMLElement) focused.blur()
    before.current = place
  }, [place])
}

interface SignedInProps {
  readonly state: Extract<SignInState, { readonly kind: "signedIn" }>
  readonly signIn: SignIn
}

const SignedIn = ({ signIn, state: { by, hasEnded, people, session } }: SignedInProps) => {
  const route = useRoute()
  usePlace(route)
  const drafts = draftsOf(personKey(session.person))
  const client = useMemo(() => ({ api: apiOf(session), person: session.person }), [session])
  const queries = useMemo(queryClientOf, [session])
  // The zone of the former organization is forgotten. That of this one comes with its options.
  useMemo(() => setTimeZone(undefined), [session.person.organizationId])
  const [isOpen, setOpen] = useState(false)
  const [shown, show] = useState<Finding | undefined>(undefined)
  const { warn } = useSaying()
  const leave = (way: () => Promise<void>) => {
    way().catch((error: unknown) => warn(sentence(error)))
  }
  return (
    <QueryClientProvider client={queries}>
      <ClientContext value={client}>
        <DraftsContext value={drafts}>
          <a
            className="skip"
            href="#main"
            onClick={(event) => {
              event.preventDefault()
              const main = document.querySelector("main")
              main?.setAttribute("tabindex", "-1")
              main?.focus()
            }}
          >
            {t.toTheContent()}
          </a>
          <div className={["shell", isOpen ? "open" : "", route.page === "slideshow" ? "slides" : ""].join(" ")}>
            <button
              type="button"
              className="square menu-button"
              aria-label={t.reports()}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              <Icon name={isOpen ? "close" : "menu"} />
            </button>
            <Sidebar
              route={route}
              person={session.person}
              menu={
                <PersonMenu
                  by={by}
                  people={people}
                  onPerson={(person) =>
                    leave(async () => {
                      await signIn.choose(person)
                      const now = signIn.state()
                      const isChosen = now.kind === "signedIn" && now.session.person === person
                      if (isChosen && person.organizationId !== session.person.organizationId) goTo("#/")
                    })}
                  onSignOut={() => {
                    if (!isAnyDirty() || confirm(t.losesEdits())) leave(signIn.signOut)
                  }}
                />
              }
              onFollow={() => setOpen(false)}
              onFind={() => {
                setOpen(false)
                show("find")
              }}
            />
            <LazyPart
              of={route}
              waiting={<PageSkeleton />}
              fallback={<NotFound problem={new Error(t.partNotLoaded())} />}
            >
              <Content route={route} />
            </LazyPart>
          </div>
          {route.page === "report" && route.id !== newReport && <Opened id={route.id} />}
          <Finder shown={shown} onShow={show} />
          {hasEnded && <SessionEnded onAgain={signIn.again} />}
        </DraftsContext>
      </ClientContext>
    </QueryClientProvider>
  )
}

export const App = ({ signIn }: { readonly signIn: SignIn }) => {
  const theme = useMadeTheme()
  const locale = useLocale()
  const state = useSyncExternalStore(signIn.subscribe, signIn.state)
  const person = state.kind === "signedIn" ? personKey(state.session.person) : ""
  return (
    <ThemeContext value={theme}>
      <Toasts key={person}>
        {state.kind === "signedIn"
          ? <SignedIn key={locale} state={state} signIn={signIn} />
          : <SignInPage key={locale} state={state} signIn={signIn} />}
      </Toasts>
    </ThemeContext>
  )
}
