#!/usr/bin/env node
// The entry of the bundle. Old runner images start it on Node 16 or 18, where the libraries below
// fail at load with a stack trace: so the version is looked at first, and everything else is loaded
// after (toolchain facts: act_runner's default image was node:16 until 2024).
export {}

const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  process.stdout.write(
    "::error title=Node.js is too old::umbrella-reaper needs Node.js 20 or newer in the job's " +
      `image; this one has ${process.version}. Use a job image with Node.js 20, 22 or 24.\n`,
  )
  process.exitCode = 1
} else {
  const { main } = await import(/* webpackMode: "eager" */ './main.js')
  await main()
}
