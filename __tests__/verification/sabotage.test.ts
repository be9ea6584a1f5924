import { describe, expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as rules from '../../src/core/rules/decide.js'
import * as gitea from '../../src/forge/gitea/forge.js'
import * as github from '../../src/forge/github/forge.js'
import * as brokenRules from '../../verification/sabotage/seams/decide.js'
import * as brokenGitea from '../../verification/sabotage/seams/gitea-forge.js'
import * as brokenGithub from '../../verification/sabotage/seams/github-forge.js'
import { WRONGS } from '../../verification/sabotage/wrongs.js'

const tests = fileURLToPath(new URL('..', import.meta.url))

describe('the sabotages', () => {
  it('have names of their own, and test files that exist', () => {
    expect(new Set(WRONGS.map(({ name }) => name)).size).toBe(WRONGS.length)
    expect(WRONGS.filter(({ suite }) => !existsSync(join(tests, `${suite}.test.ts`)))).toEqual([])
  })

  it.each([
    { seam: 'rules', real: rules, broken: brokenRules },
    { seam: 'Gitea', real: gitea, broken: brokenGitea },
    { seam: 'GitHub', real: github, broken: brokenGithub },
  ])('stand in for all that $seam exports', ({ real, broken }) => {
    expect(Object.keys(broken).sort()).toEqual(Object.keys(real).sort())
  })
})
