import { join } from 'node:path'
import ts from 'typescript'
import type { Mutation } from './mutation.js'
import { applied } from './mutation.js'

/**
 * A mutation may leave something unused or out of reach behind; anything else that does not compile
 * was never tried.
 */
const LENIENT: ts.CompilerOptions = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
}

/**
 * Compiles mutated sources as the project would, one file at a time: what is wrong with it, or
 * `null`.
 */
export function openCompiler(root: string): (mutation: Mutation) => string | null {
  const { sys } = ts
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), LENIENT, {
    ...sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, ' '))
    },
  })
  if (config === undefined) throw new Error('tsconfig.json cannot be read')
  const sources = config.fileNames.filter(name => name.includes('/src/'))
  const changed = new Map<string, string>()
  let version = 0
  const service = ts.createLanguageService({
    getCompilationSettings: () => config.options,
    getScriptFileNames: () => sources,
    getScriptVersion: name => (changed.has(name) ? String(version) : '0'),
    getScriptSnapshot: name => {
      const text = changed.get(name) ?? sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: options => ts.getDefaultLibFilePath(options),
    fileExists: name => sys.fileExists(name),
    readFile: name => sys.readFile(name),
  })
  return mutation => {
    const path = join(root, mutation.file)
    changed.clear()
    changed.set(path, applied(mutation, sys.readFile(path) ?? ''))
    version += 1
    const [first] = [
      ...service.getSyntacticDiagnostics(path),
      ...service.getSemanticDiagnostics(path),
    ]
    return first === undefined
      ? null
      : `does not compile: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`
  }
}
