import { describe, expect, it } from '@jest/globals'
import { detailsQuery, progressQuery, queueQuery } from '../../../src/forge/github/queries.js'

/** A query up to where its fragments begin. */
const headOf = (query: string): readonly string[] => {
  const lines = query.split('\n')
  return lines.slice(0, lines.indexOf('}') + 1)
}

describe('a query of several', () => {
  it('commits asks for the details of each under a name of its own', () => {
    expect(headOf(detailsQuery(2))).toEqual([
      'query details($owner: String!, $name: String!, $c0: GitObjectID!, $c1: GitObjectID!) {',
      '  repository(owner: $owner, name: $name) {',
      '    c0: object(oid: $c0) { ...details }',
      '    c1: object(oid: $c1) { ...details }',
      '  }',
      '}',
    ])
    expect(detailsQuery(2)).toContain('fragment details on Commit {')
  })

  it('commits asks for the jobs of the umbrella on each', () => {
    expect(headOf(progressQuery(2))).toEqual([
      'query progress($owner: String!, $name: String!, $umbrella: String!, ' +
        '$c0: GitObjectID!, $c1: GitObjectID!) {',
      '  repository(owner: $owner, name: $name) {',
      '    c0: object(oid: $c0) { ...progress }',
      '    c1: object(oid: $c1) { ...progress }',
      '  }',
      '}',
    ])
    expect(progressQuery(2)).toContain('fragment progress on Commit {')
  })

  it('pull requests asks of each whether it stands in the merge queue', () => {
    expect(queueQuery([7, 12]).split('\n')).toEqual([
      'query queue($owner: String!, $name: String!) {',
      '  repository(owner: $owner, name: $name) {',
      '    p7: pullRequest(number: 7) { isInMergeQueue }',
      '    p12: pullRequest(number: 12) { isInMergeQueue }',
      '  }',
      '}',
    ])
  })
})
