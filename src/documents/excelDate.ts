const firstSerial = 61
const lastSerial = 2_958_465

export const serialOf = (time: Date) => time.getTime() / 86_400_000 + 25_569

/** Excel has no earlier and no later dates. In January and February 1900, its dates are one day late. */
export const isExcelDate = (time: Date) => serialOf(time) >= firstSerial && serialOf(time) <= lastSerial

/** The first day of a bucket. */
export const dayOf = (bucket: string) => new Date(`${bucket}T00:00:00Z`)

export const dayFormat = "yyyy-mm-dd"
