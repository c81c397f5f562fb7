import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** Functions and component properties that take a message. */
const functions = ['t', 'message', 'says', 'formatMessage']
const components: Record<string, string> = { Message: 'text' }

/** A message's location, and whether it is created on module load, before the reader's language is known. */
export interface Found {
  message: string
  place: string
  tooEarly: boolean
}

/** Every message in the code of the server and of the portal. */
export function collectMessages(): Found[] {
  return ['src', 'portal'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name))
      .flatMap((entry) => messagesIn(join(entry.parentPath, entry.name))),
  )
}

function messagesIn(path: string): Found[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Found[] = []
  const add = (node: ts.Node, message: string, late: boolean) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
    found.push({ message, place: `${path}:${line + 1}`, tooEarly: !late })
  }
  const visit = (node: ts.Node, inFunction: boolean): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && functions.includes(node.expression.text)) {
      const [first] = node.arguments
      const lazy = node.expression.text === 'message' || node.expression.text === 'says'
      if (first && ts.isStringLiteralLike(first)) add(node, first.text, inFunction || lazy)
    }
    if (ts.isJsxAttribute(node) && ts.isStringLiteralLike(node.initializer ?? node)) {
      const element = node.parent.parent as ts.JsxOpeningLikeElement
      const tag = element.tagName.getText(source)
      if (components[tag] === node.name.getText(source))
        add(node, (node.initializer as ts.StringLiteral).text, inFunction)
    }
    const inside = inFunction || ts.isFunctionLike(node)
    ts.forEachChild(node, (child) => visit(child, inside))
  }
  visit(source, false)
  return found
}

/** The English catalogue: each message is its own key, in alphabetical order. */
export function writtenMessages(found: Found[]): string {
  const messages = [...new Set(found.map(({ message }) => message))].sort()
  return `${JSON.stringify(Object.fromEntries(messages.map((message) => [message, message])), null, 2)}\n`
}
