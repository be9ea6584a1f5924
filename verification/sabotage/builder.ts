// Builds the bundle of the directory it runs in, whenever it is told to. It stays alive, for a
// second build costs a third of the first.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { keepDigest } from '../../scripts/sources.js'

interface Built {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>
}
type Build = (input: string, options: Readonly<Record<string, unknown>>) => Promise<Built>

const ncc = createRequire(import.meta.url)('@vercel/ncc') as Build
const place = process.cwd()

/** The same bundle as `npm run build`, without its licence texts. */
async function build(): Promise<string | null> {
  try {
    const { code, assets } = await ncc(join(place, 'src', 'index.ts'), {
      cache: false,
      transpileOnly: true,
      target: 'es2022',
      quiet: true,
    })
    mkdirSync(join(place, 'dist'), { recursive: true })
    writeFileSync(join(place, 'dist', 'index.js'), code)
    for (const [name, { source }] of Object.entries(assets))
      writeFileSync(join(place, 'dist', name), source)
    keepDigest(place)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

process.on('message', () => {
  void build().then(fault => process.send?.({ fault }))
})
process.on('disconnect', () => process.exit(0))
