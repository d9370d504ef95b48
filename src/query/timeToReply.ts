export const daysToReply = 14
export const millisToReply = daysToReply * 86_400_000
