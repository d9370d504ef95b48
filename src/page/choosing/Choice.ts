export interface Choice {
  readonly value: string
  readonly label: string
  readonly note?: string | undefined
  /** Other words, whose beginnings find the choice. */
  readonly words?: string | undefined
}

/** Undefined means that nothing is narrowed. */
export type ChosenValues = ReadonlyArray<string> | undefined

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** The choices that contain the text. Choices with a word that begins with it come first, and those found by `words` last. */
export const found = <A extends Choice>(choices: ReadonlyArray<A>, text: string): ReadonlyArray<A> => {
  const wanted = plain(text.trim())
  if (wanted === "") return choices
  const matching = choices.filter(({ label }) => plain(label).includes(wanted))
  const begins = (text = "") => ` ${plain(text)}`.includes(` ${wanted}`)
  return [
    ...matching.filter(({ label }) => begins(label)),
    ...matching.filter(({ label }) => !begins(label)),
    ...choices.filter((choice) => !matching.includes(choice) && begins(choice.words))
  ]
}

/** The chosen ones come first, so that they are seen among hundreds. */
export const chosenFirst = (choices: ReadonlyArray<Choice>, chosen: ChosenValues): ReadonlyArray<Choice> => {
  const isChosen = ({ value }: Choice) => chosen?.includes(value) === true
  return [...choices.filter(isChosen), ...choices.filter((choice) => !isChosen(choice))]
}

/** A link may name a value that is no longer offered, such as an archived tag. */
export const withUnlisted = (choices: ReadonlyArray<Choice>, chosen: ChosenValues = []): ReadonlyArray<Choice> => [
  ...choices,
  ...chosen.filter((one) => !choices.some(({ value }) => value === one)).map((value) => ({ value, label: value }))
]

/** `isWhole` says whether all choices together are the same as no choice. */
export const toggled = (
  value: string,
  chosen: ReadonlyArray<string>,
  choices: ReadonlyArray<Choice>,
  isWhole: boolean
): ChosenValues => {
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]
  return isWhole && choices.every((choice) => next.includes(choice.value)) ? undefined : next
}
