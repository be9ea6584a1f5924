// Loaded before a client (`node --import`): at its end it writes what the client took, into the
// file that BENCH_USAGE names.
import { writeFileSync } from 'node:fs'

const file = process.env.BENCH_USAGE
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  const { maxRSS } = process.resourceUsage()
  writeFileSync(file, JSON.stringify({ cpu: (user + system) / 1000, memory: maxRSS * 1024 }))
})
