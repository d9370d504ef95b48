import { t } from "./messages.ts"

interface LoadMoreProps {
  readonly query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
  }
}

/** Loads the next page of a list. It is absent after the last page. */
export const LoadMore = ({ query: { fetchNextPage, hasNextPage, isFetchingNextPage } }: LoadMoreProps) =>
  hasNextPage && (
    <button
      type="button"
      className="records-more"
      disabled={isFetchingNextPage}
      onClick={() => fetchNextPage()}
    >
      {isFetchingNextPage ? t.loadingNow() : t.loadMore()}
    </button>
  )
