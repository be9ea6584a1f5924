/**
 * Stands in the bundle for undici (`paths` in tsconfig.json), which would be two fifths of it. The
 * HTTP client hands an agent of undici to callers of `fetch`, and nothing here calls that.
 */
export function ProxyAgent(): never {
  throw new Error('this bundle was built without undici, and something asks for an agent of it')
}
