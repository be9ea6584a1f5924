import { subscribe } from 'node:diagnostics_channel'

/**
 * A runner's clock that agrees with every server it hears of: that of a simulator or of a recording
 * tells a time of its own, which may be in the future of whoever runs the tests.
 */
export function serversClock() {
  const real = Date.now
  let ahead = 0
  const follow = date => {
    const at = Date.parse(date ?? '')
    if (!Number.isNaN(at)) ahead = at - real()
  }
  subscribe('http.client.response.finish', ({ response }) => follow(response.headers.date))
  // Names and values in turn, as bytes.
  subscribe('undici:request:headers', ({ response: { headers } }) => {
    const at = headers.findIndex((name, index) => index % 2 === 0 && /^date$/i.test(String(name)))
    if (at >= 0) follow(String(headers[at + 1]))
  })
  return () => real() + ahead
}
