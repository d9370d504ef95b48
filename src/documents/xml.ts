const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\"": "&quot;",
  "'": "&apos;"
}

/** XML forbids most control characters, unpaired surrogates, U+FFFE and U+FFFF. */
export const printable = (text: string): string =>
  text.toWellFormed().replaceAll(/(?![\t\n])[\p{Cc}\ufffe\uffff]/gu, " ")

export const escaped = (text: string): string =>
  printable(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "")

export const element = (
  name: string,
  attributes: { readonly [name: string]: string | number },
  ...children: ReadonlyArray<string>
): string => {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`).join("")
  return children.length === 0 ? `<${name}${told}/>` : `<${name}${told}>${children.join("")}</${name}>`
}

/** Matches Arabic or Hebrew words, with what is between them. Each match becomes one element. */
const joined = /[\p{Script=Arabic}\p{Script=Hebrew}]+(?:[\s\p{P}]+[\p{Script=Arabic}\p{Script=Hebrew}]+)*/gu

export const withFontRuns = (escapedText: string, family: string): string =>
  escapedText.replaceAll(joined, (run) => element("tspan", { "font-family": family }, run))
