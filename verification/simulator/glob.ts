/**
 * A required context as the gate matches it: `*` spans everything, `/` too; an invalid pattern is
 * dropped (null).
 */
export function globOf(pattern: string): RegExp | null {
  let source = ''
  let depth = 0
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? ''
    if (char === '\\') source += escape(pattern[++i] ?? '')
    else if (char === '*') source += '.*'
    else if (char === '?') source += '.'
    else if (char === '{') {
      source += '(?:'
      depth++
    } else if (char === '}' && depth > 0) {
      source += ')'
      depth--
    } else if (char === ',' && depth > 0) source += '|'
    else if (char === '[') {
      const end = pattern.indexOf(']', i)
      if (end < 0) return null
      source += `[${pattern
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replace(/\\/g, '\\\\')}]`
      i = end
    } else source += escape(char)
  }
  if (depth > 0) return null
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    return null
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
