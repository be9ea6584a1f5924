// Loaded before a client (`node --import`): at its end it writes what the client took, into the
// file that BENCH_USAGE names: milliseconds of processor time, bytes of its largest resident set.
import { readFileSync, writeFileSync } from 'node:fs'

// `maxRSS` begins with what the process was before exec, which is as large as whoever started it;
// VmHWM counts from there. Other systems have no /proc.
function largestResidentSet() {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    return Number(kilobytes) * 1024
  } catch {
    return process.resourceUsage().maxRSS * 1024
  }
}

const file = process.env.BENCH_USAGE
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  writeFileSync(file, JSON.stringify({ cpu: (user + system) / 1000, memory: largestResidentSet() }))
})
