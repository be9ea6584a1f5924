// Which mutants compile: a plugin of Stryker. Its own checker compiles all that a mutant can reach,
// which takes half a second; functions here state what they answer, so an error of types shows in
// the file of the mutant, and that takes less than a tenth.
import { join } from 'node:path'
import { CheckStatus } from '@stryker-mutator/api/check'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import ts from 'typescript'

/** The place of a line and column, both counted from 0. */
function placeIn(text, { line, column }) {
  const before = text.split('\n').slice(0, line)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column
}

/** The sources with one mutant in them. */
class Sources {
  file = null
  text = ''
  version = 0

  constructor() {
    const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', {}, ts.sys)
    // What a mutant leaves unused is no error of types.
    this.options = { ...config.options, noUnusedLocals: false, noUnusedParameters: false }
    this.roots = config.fileNames.filter(name => name.includes('/src/'))
    this.service = ts.createLanguageService(this.host())
  }

  host() {
    const { directoryExists, fileExists, getDirectories, readFile } = ts.sys
    return {
      directoryExists,
      fileExists,
      getDirectories,
      readFile,
      getCompilationSettings: () => this.options,
      getCurrentDirectory: () => process.cwd(),
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      getScriptFileNames: () => this.roots,
      getScriptVersion: name => (name === this.file ? `mutant ${this.version}` : 'whole'),
      getScriptSnapshot: name => {
        const text = name === this.file ? this.text : readFile(name)
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
      },
    }
  }

  /** The first error of the types in this file, or `undefined`. */
  errorOf(file, text) {
    this.file = file
    this.text = text
    this.version += 1
    const found = [
      ...this.service.getSyntacticDiagnostics(file),
      ...this.service.getSemanticDiagnostics(file),
    ]
    return found.find(({ category }) => category === ts.DiagnosticCategory.Error)
  }
}

class FileChecker {
  async init() {
    this.sources = new Sources()
  }

  /** One file after the other: each needs its text read once. */
  async group(mutants) {
    const groups = new Map()
    for (const { fileName, id } of mutants)
      groups.set(fileName, [...(groups.get(fileName) ?? []), id])
    return [...groups.values()]
  }

  async check(mutants) {
    return Object.fromEntries(mutants.map(mutant => [mutant.id, this.checkOne(mutant)]))
  }

  checkOne({ fileName, location, replacement }) {
    const file = join(process.cwd(), fileName.slice(fileName.indexOf('src/')))
    const whole = ts.sys.readFile(file)
    const [start, end] = [placeIn(whole, location.start), placeIn(whole, location.end)]
    const error = this.sources.errorOf(file, whole.slice(0, start) + replacement + whole.slice(end))
    if (error === undefined) return { status: CheckStatus.Passed }
    const reason = ts.flattenDiagnosticMessageText(error.messageText, '\n')
    return { status: CheckStatus.CompileError, reason }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'file', FileChecker)]
