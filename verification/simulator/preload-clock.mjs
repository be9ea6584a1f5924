// Loaded before the bundle (`node --import`), which has no input for the time: the clock of its
// runner is that of the server it speaks to, or begins at RUNNER_CLOCK (milliseconds since 1970).
// With RUNNER_SLEEPS=skipped it sleeps by its clocks and not in truth.
import { serversClock } from './servers-clock.mjs'
import { skipSleeps } from './skipped-sleeps.mjs'

const real = Date.now
const given = process.env.RUNNER_CLOCK
const ahead = Number(given) - real()
Date.now = given === undefined ? serversClock() : () => real() + ahead
if (process.env.RUNNER_SLEEPS === 'skipped') skipSleeps()
