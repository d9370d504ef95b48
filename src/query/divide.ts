export const absolute = (value: bigint) => value < 0n ? -value : value

/** Rounds half away from zero. */
export const divide = (value: bigint, by: bigint): bigint => {
  const rounded = (2n * absolute(value) + absolute(by)) / (2n * absolute(by))
  return (value < 0n) === (by < 0n) ? rounded : -rounded
}
