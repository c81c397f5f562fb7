import { cloneElement, Fragment, isValidElement, type ReactNode } from 'react'
import { translated } from '../../src/platform/messages/t'

/**
 * A sentence with elements in it: `<Message text="Ask an <b>admin</b> of {name}." values={{ name, b: <b /> }} />`. A placeholder
 * stands for an element, a tag for an element around the words in it.
 */
export function Message(props: { text: string; values: Record<string, ReactNode> }) {
  const parts = translated(props.text).match(/\{\w+\}|<(\w+)>.*?<\/\1>|[^{<]+|./gs) ?? []
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence keep their order.
    <Fragment key={index}>{elementOf(part, props.values)}</Fragment>
  ))
}

function elementOf(part: string, values: Record<string, ReactNode>): ReactNode {
  const [, name, tag, text] = /^(?:\{(\w+)\}|<(\w+)>(.*)<\/\2>)$/s.exec(part) ?? []
  if (name !== undefined) return values[name]
  if (tag === undefined) return part
  const around = values[tag]
  return isValidElement(around) ? cloneElement(around, undefined, text) : text
}
