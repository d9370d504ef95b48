/** A browser would resolve `.` or `..` in a path, and open another address. */
const isAddressable = (text: string) => text !== "" && !/^\.{1,2}$/.test(text)

export const recordLink = (template: string | undefined) => (type: string, id: string): string | undefined =>
  template === undefined || !isAddressable(id)
    ? undefined
    : template.replaceAll(/\{(type|id)\}/g, (_, name) => encodeURIComponent(name === "id" ? id : type))
