import { getProxyUrl } from '@actions/http-client'

/** What a code of Node.js means for a certificate or for encryption, and what helps. */
const ENCRYPTION: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  EPROTO: 'it does not speak TLS there: is it http instead of https?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there: is it http instead of https?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there: is it http instead of https?',
  ...Object.fromEntries(
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_UNTRUSTED',
    ].map(code => [
      code,
      'the authority that signed its certificate is not trusted here; put its certificate into a ' +
        'file and name that in NODE_EXTRA_CA_CERTS',
    ]),
  ),
}

/** The same for a connection, which may be one to a proxy. */
const CONNECTION: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be resolved here at the moment',
  ECONNREFUSED: 'nothing is listening there, or a firewall refuses the connection',
  EHOSTUNREACH: 'it cannot be reached from here',
  ENETUNREACH: 'it cannot be reached from here',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  ETIMEDOUT: 'it does not answer',
}

/** The code of an error, or of what caused it; `null` when there is none. */
export function codeOfFailure(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOfFailure(error.cause) : null
}

/** What stood between us and a server, in words, with what helps. */
export function explainFailure(code: string | null, apiUrl: string, proxy: string | null): string {
  const { host } = new URL(apiUrl)
  const encryption = ENCRYPTION[code ?? '']
  const shown = code === null ? '' : ` (${code})`
  if (encryption !== undefined) return `${host}: ${encryption}${shown}`
  const words = CONNECTION[code ?? ''] ?? 'it could not be reached'
  return proxy === null
    ? `${host}: ${words}${shown}`
    : `${host}, through the proxy ${proxy} that the environment names (https_proxy, no_proxy): ` +
        `${words}${shown}`
}

/** The proxy that the environment asks for, without the password it may hold. */
export function proxyOf(apiUrl: string): string | null {
  const proxy = getProxyUrl(apiUrl)
  return URL.canParse(proxy) ? new URL(proxy).host : null
}
