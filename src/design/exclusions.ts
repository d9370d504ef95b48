import { silent } from "./vocabulary.ts"
import type { Word } from "./words.ts"

/** With `\b`, a letter that is not ASCII would end a word. */
export const phrase = (words: string) => new RegExp(`(?<!\\S)(?:${words})(?!\\S)`)

const atStart = (phrases: ReadonlyArray<string>) => new RegExp(`^(?:${phrases.join("|")})(?!\\S)`)

/** These phrases exclude a name after them. */
const before = atStart([
  "not|no|non|never|neither|except|excl|exclud\\w+|omit\\w*|ignor\\w+|disregard\\w*|minus|apart|aside|besides|barring",
  "instead|rather|without|unless|outside|other (?:\\S+ )?than|different (?:from|than)|save for|exceptions? (?:of|for)",
  "drop|dropping|skip|skipping|hide|hiding|remove|removing|leave|leaving|filter(?:ing)? out",
  "nicht|nie|kein\\w*|weder|ohne|ausser|ausserhalb|exkl|exklusive|ausgenommen|ausgeschlossen|abgesehen|abzueglich|bis auf",
  "anstatt|statt|anders als|ander\\w* (?:\\S+ )?als|ausnahme (?:von|vom|der|des)|ausschluss|schliesse?|entfern\\w*",
  "sin|excepto|salvo|menos|excluye\\w*|excluir|quita\\w*|omit\\w*|aparte de|ningun\\w*|ni|nunca|tampoco|fuera de|en (?:vez|lugar) de"
])

/** These phrases exclude a name before them. */
const after = atStart([
  "excluded|excepted|omitted|ignored|disregarded|skipped|hidden|dropped|removed|left out",
  "ausgenommen|ausgeschlossen|ausgeklammert|ausgelassen|ausgespart|ausgeblendet|unberuecksichtigt|ignorier\\w*|entfern\\w*",
  "ausschliessen|ausklammern|auslassen|ausblenden|weg|weglass\\w*|weggelassen|raus\\w*|heraus\\w*",
  "(?:not|nicht)(?: (?:includ\\w+|counted|wanted|dabei|enthalten|einbezogen|beruecksichtig\\w+|mit\\w+|gezaehlt))?$",
  "(?:aside|apart)$",
  "excluid\\w*|excluyendo|aparte|quitad\\w*|omitid\\w*|fuera"
])

const contrast = phrase("but|only|sondern|aber|nur|pero|sino|solo")
/** The second word of `neither … nor` and `weder … noch`. */
const nor = phrase("nor|noch|ni")
/** These verbs may be between a negation and a name, as in “that did not come from”. */
const linking = phrase(
  "come|comes|came|coming|kam|kamen|stamm\\w*|includ\\w+|contain\\w*|count|counting|consider\\w*|vienen|viene|vino|vinieron|proceden"
)
/** After one of these words, “but” is an exception. */
const universal = phrase("all|any|anything|anywhere|each|every|everybody|everyone|everything|everywhere|tod[oa]s?")
const addition = phrase("with|mit|con")
const preposition = phrase("from|of|with|via|von|vom|aus|mit|ueber|de|del|desde|con")

interface Exclusion {
  readonly word: Word
  readonly isAfter: boolean
}

/** Returns a function that finds the word that excludes the name from `start` to before `end`. */
export const exclusionsIn = (words: ReadonlyArray<Word>, names: ReadonlyArray<string>, field: RegExp) => {
  const nameWords = new Set(names.flatMap((name) => name.split(" ")))
  const isPassed = ({ folded }: Word) =>
    !contrast.test(folded) && (silent.has(folded) || nameWords.has(folded) || field.test(folded) || nor.test(folded))
  const restOfClause = (index: number) => words.slice(index).filter(({ clause }) => clause === words[index]?.clause)
  const textOf = (some: ReadonlyArray<Word>) => some.map(({ folded }) => folded).join(" ")

  /** Says whether a name follows in the same clause, so that the word is about this name. */
  const isBeforeName = (index: number) => {
    const [, ...rest] = restOfClause(index)
    const first = rest.findIndex(({ folded }) => !silent.has(folded) && !field.test(folded))
    const text = textOf(first === -1 ? [] : rest.slice(first))
    return names.some((name) => `${text} `.startsWith(`${name} `))
  }
  const isAfterName = (index: number) => {
    const clause = words.slice(0, index).filter((word) => word.clause === words[index]?.clause)
    return clause.slice(clause.findLastIndex((word) => !isPassed(word)) + 1).some(({ folded }) => nameWords.has(folded))
  }
  const isAfter = (index: number) =>
    after.test(textOf(restOfClause(index))) && isAfterName(index) && !isBeforeName(index)

  const isException = (index: number) => {
    if (words[index]?.folded !== "but" || addition.test(words[index + 1]?.folded ?? "")) return false
    const start = words.findLastIndex(({ folded }, at) => at < index && universal.test(folded))
    const between = words.slice(start + 1, index)
    return start !== -1 &&
      !between.some(({ folded }, at) =>
        contrast.test(folded) || (nameWords.has(folded) && !field.test(folded)) ||
        before.test(textOf(words.slice(start + 1 + at, index)))
      )
  }
  const isBefore = (index: number) =>
    isException(index) || (before.test(textOf(words.slice(index, index + 3))) && !isAfter(index))

  const wordBefore = (start: number) => {
    const nearest = words.findLastIndex((word, index) =>
      index < start && (isBefore(index) || !(isPassed(word) || linking.test(word.folded)))
    )
    return nearest !== -1 && isBefore(nearest) ? words[nearest] : undefined
  }

  /** The word may be in a later clause if the names are a list, as in “website and portal excluded”. */
  const wordAfter = (start: number, end: number) => {
    const nearest = words.findIndex((word, index) =>
      index >= end && (isAfter(index) || !isPassed(word) || addition.test(word.folded))
    )
    const word = words[nearest]
    if (word === undefined || !isAfter(nearest)) return undefined
    const isOfList = !words.slice(Math.max(0, start - 2), start).some(({ folded }) => preposition.test(folded)) &&
      !words.slice(end, nearest).some(({ folded }) => field.test(folded))
    return word.clause === words[end - 1]?.clause || isOfList ? word : undefined
  }

  return (start: number, end: number): Exclusion | undefined => {
    const [earlier, later] = [wordBefore(start), wordAfter(start, end)]
    if (earlier !== undefined) return { word: earlier, isAfter: false }
    return later && { word: later, isAfter: true }
  }
}
