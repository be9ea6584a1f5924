/** Thrown where what decides cannot be told from the file: it is said to be unknown. */
export class Unknown extends Error {}

export const unknown = (why: string): never => {
  throw new Unknown(why)
}
