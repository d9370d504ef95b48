export const typst = () => import("@myriaddreamin/typst-ts-node-compiler").catch(() => undefined)
