/** The package is optional. */
export const typst = () => import("@myriaddreamin/typst-ts-node-compiler").catch(() => undefined)
