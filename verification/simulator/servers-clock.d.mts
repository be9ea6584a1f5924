export function serversClock(): () => number
