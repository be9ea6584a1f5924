// Jest loads a module of ./seams wherever a source asks for the one it stands in for. The seams
// themselves get the real one. A seam that is moved must be named here anew: then its tests fail.
const { join, dirname } = require('node:path')

const root = join(__dirname, '..', '..')
const seams = join(__dirname, 'seams')
const STANDS_IN = new Map([
  [join(root, 'src/core/rules/decide.ts'), join(seams, 'decide.ts')],
  [join(root, 'src/forge/gitea/forge.ts'), join(seams, 'gitea-forge.ts')],
  [join(root, 'src/forge/github/forge.ts'), join(seams, 'github-forge.ts')],
])

module.exports = (request, options) => {
  const found = options.defaultResolver(request, options)
  return dirname(found) !== seams && options.basedir !== seams
    ? (STANDS_IN.get(found) ?? found)
    : found
}
