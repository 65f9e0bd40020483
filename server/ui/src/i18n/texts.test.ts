import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { areas } from './texts'

const src = join(import.meta.dirname, '..')

describe('texts', () => {
  for (const area of areas) {
    it(`says the same in German as in English: ${area}`, () => {
      const english = texts('en', area)
      const german = texts('de', area)
      expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
      for (const [key, text] of english) {
        expect(placeholders(german.get(key) ?? ''), `${area}:${key}`).toEqual(placeholders(text))
      }
    })
  }

  it('has no text that nothing uses', () => {
    const code = sources().map(({ text }) => text).join('\n')
    const unused = areas.flatMap((area) =>
      [...texts('en', area).keys()].filter((key) => !used(key, code)).map((key) => `${area}:${key}`),
    )
    expect(unused).toEqual([])
  })

  it('is the only place with words: no literals in components', () => {
    const found = sources()
      .filter(({ file }) => file.endsWith('.tsx'))
      .flatMap(({ file, text }) => literals(file, text))
    expect(found).toEqual([])
  })
})

function texts(language: string, area: string): Map<string, string> {
  const found = new Map<string, string>()
  const collect = (value: unknown, path: string) => {
    if (typeof value === 'string') {
      found.set(path, value)
    } else {
      Object.entries(value as object).forEach(([key, inner]) => collect(inner, path === '' ? key : `${path}.${key}`))
    }
  }
  collect(JSON.parse(readFileSync(join(src, 'i18n', language, `${area}.json`), 'utf8')), '')
  return found
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^}\s,]+)/g)].map((match) => match[1] ?? '').sort()
}

/** A key counts as used if it stands in the code, or if a template such as `state.run.${…}` begins like it. */
function used(key: string, code: string): boolean {
  const plain = key.replace(/_(zero|one|two|few|many|other)$/, '')
  if (new RegExp(`['":\`]${plain.replace(/[.]/g, '\\.')}['"\`]`).test(code)) {
    return true
  }
  const parts = plain.split('.')
  return parts.slice(0, -1).some((_, index) => {
    const prefix = parts.slice(0, index + 1).join('.')
    return code.includes(`\`${prefix}.\${`) || code.includes(`:${prefix}.\${`)
  })
}

function sources(): { file: string; text: string }[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.endsWith('schema.d.ts'))
    .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))
}

const SPOKEN = new Set(['label', 'title', 'placeholder', 'alt', 'aria-label', 'description', 'text'])

/** Words that stand in the code itself: between tags, or in an attribute that is read out or shown. */
function literals(file: string, text: string): string[] {
  const found: string[] = []
  const report = (node: ts.Node, words: string) => {
    if (/\p{L}{2,}/u.test(words)) {
      found.push(`${file}: ${words.trim()}`)
    }
    ts.forEachChild(node, visit)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) {
      report(node, node.text)
    } else if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) {
      report(node, node.initializer.text)
    } else {
      ts.forEachChild(node, visit)
    }
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return found
}
