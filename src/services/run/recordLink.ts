/** A path of dots is another address in a browser. */
const isAddressable = (text: string) => text !== "" && !/^\.{1,2}$/.test(text)

/** Link to the record in the CRM. Undefined without a template. */
export const recordLink = (template: string | undefined) => (type: string, id: string): string | undefined =>
  template === undefined || !isAddressable(id)
    ? undefined
    : template.replaceAll(/\{(type|id)\}/g, (_, name) => encodeURIComponent(name === "id" ? id : type))
