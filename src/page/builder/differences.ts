import type { Visibility, Widget } from "../api/wire.ts"
import { t } from "../shell/messages.ts"
import type { Draft } from "./Draft.ts"

const nameOf = (widget: Widget, labels: ReadonlyMap<string, string>): string =>
  widget.title ?? labels.get(widget.metricId) ?? widget.metricId

const contentOf = ({ h: _h, w: _w, x: _x, y: _y, ...content }: Widget): string => JSON.stringify(content)
const placeOf = ({ h, w, x, y }: Widget): string => JSON.stringify([x, y, w, h])

export const visibilityName = (visibility: Visibility): string => {
  const names = { private: t.visibilityPrivate, people: t.visibilityPeople, organization: t.visibilityOrganization }
  return names[visibility]()
}

const named = () =>
  [
    ["defaultTimeframe", t.anotherTimeframe()],
    ["defaultFilters", t.otherFilters()],
    ["defaultPeople", t.otherPeople()]
  ] as const

export const differences = (
  before: Draft,
  after: Draft,
  labels: ReadonlyMap<string, string>
): ReadonlyArray<string> => {
  const [old, now] = [before, after].map(({ layout }) => new Map(layout.widgets.map((one) => [one.instanceId, one])))
  if (old === undefined || now === undefined) return []
  const added = [...now.values()].filter(({ instanceId }) => !old.has(instanceId))
  const removed = [...old.values()].filter(({ instanceId }) => !now.has(instanceId))
  const both = [...now.values()].flatMap((one) => {
    const was = old.get(one.instanceId)
    return was === undefined ? [] : [{ one, was }]
  })
  const edited = both.filter(({ one, was }) => contentOf(one) !== contentOf(was))
  const places = both.filter(({ one, was }) => placeOf(one) !== placeOf(was)).length
  return [
    ...(before.title !== after.title ? [t.titleIs({ title: after.title })] : []),
    ...(before.description !== after.description ? [t.anotherDescription()] : []),
    ...(before.visibility !== after.visibility ? [visibilityName(after.visibility)] : []),
    ...(before.visibility === after.visibility && JSON.stringify(before.people) !== JSON.stringify(after.people)
      ? [t.sharingChanged()]
      : []),
    ...named().flatMap(([key, name]) => JSON.stringify(before[key]) === JSON.stringify(after[key]) ? [] : [name]),
    ...added.map((one) => t.cardAdded({ title: nameOf(one, labels) })),
    ...removed.map((one) => t.cardGone({ title: nameOf(one, labels) })),
    ...edited.map(({ one }) => t.cardChanged({ title: nameOf(one, labels) })),
    ...(places === 0 ? [] : [t.cardsMoved({ count: places })])
  ]
}
