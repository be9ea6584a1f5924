import { visible } from '../../shown/line.js'

/**
 * Text from a server, a pull request or a workflow for one line of a log, cut short: nothing in it
 * can move the cursor, start a line or hide. Whether the line is obeyed by anybody is decided where
 * it is printed.
 */
export function plain(text: string, limit = 300): string {
  if (text.length <= limit) return visible(text)
  // A pair is not cut in two.
  const cut = text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')
  return visible(`${cut}…`)
}

/** Pull requests by their numbers. */
export const pullNumbers = (numbers: readonly number[]): string =>
  numbers.map(number => `#${number}`).join(', ')

/** An address behind a text; `''` where there is none. */
export const linkAfter = (url: string): string => (url === '' ? '' : ` ${plain(url)}`)

/** A count with its noun. */
export const plural = (count: number, one: string, more = `${one}s`): string =>
  `${count} ${count === 1 ? one : more}`

/** What ends a mention, a reference or an address for a server that reads them in the text. */
const BREAK = '&#8203;'

/**
 * What is markup, or part of a table, HTML, a formula or a link, wherever it stands; the beginnings
 * of what a server makes a link of by itself: `@who`, `#7`, `!7`, `GH-7`, `://`, `www.`. The last
 * one also inside a word: an underscore before it makes it a link, and readers differ.
 */
const MARKUP = /[&<>`[\]|$\\*_~@]|[#!](?=\d)|GH-(?=\d)|:(?=\/\/)|www(?=\.)/gi

const HTML_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function inert(found: string): string {
  if (/^[\\*_~]$/.test(found)) return `\\${found}`
  if (/^[&<>`[\]|$]$/.test(found)) return HTML_ENTITIES[found] ?? `&#${found.charCodeAt(0)};`
  return `${found}${BREAK}`
}

/**
 * The same for Markdown, inert in every position: at the start of a line and of a cell, in a list,
 * a link or a code span, behind text of ours. Brackets, pipes, dollars and ticks are written by
 * their number: Gitea 1.22 takes `\[` for a formula, and a backslash is no escape in code.
 * References are broken up by a space of no width, for servers look for them after the entities.
 */
export function markdown(text: string, limit = 300): string {
  return plain(text, limit)
    .trim()
    .replace(MARKUP, inert)
    .replace(/^[#+=:-]|(?<=^\d{1,9})[.)]|!$/g, '\\$&')
}
