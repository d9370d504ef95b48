/** A test that hangs ends after this time. Tests have no other limits, because a busy machine could reach them. */
export const hangLimit = 30 * 60_000
