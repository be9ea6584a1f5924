// Puts off the load of undici, half of the bundle, until a proxy is asked for: nothing else of it
// is used. Its one user imports it statically, and the bundler has no setting for that.
const LOADED_AT_START = /^var undici = (__nccwpck_require__\(\d+\));$/gm

/** A bundle whose HTTP client loads undici at first use. Throws if that is not one place. */
export function deferUndici(bundle: string): string {
  const places = [...bundle.matchAll(LOADED_AT_START)]
  if (places.length !== 1)
    throw new Error(`undici is loaded at ${places.length} places of the bundle, not at one`)
  return bundle.replace(
    LOADED_AT_START,
    'var undici = { get ProxyAgent() { return $1.ProxyAgent } };',
  )
}
