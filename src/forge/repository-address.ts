/** Where a repository is: the address of the server's API, and its owner with its name. */
export interface RepositoryAddress {
  readonly apiUrl: string
  readonly repo: string
}
