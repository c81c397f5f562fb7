import { Fragment, type ReactNode } from 'react'
import { translated } from '../../src/platform/messages/t'

type Value = ReactNode | ((text: string) => ReactNode)

/**
 * A sentence with elements in it: `<Message text="Ask an <b>admin</b> of {name}." values={{ name, b: (text) => <b>{text}</b> }} />`.
 * A placeholder stands for an element, a tag for a function that is given the words in it.
 */
export function Message(props: { text: string; values: Record<string, Value> }) {
  const parts = translated(props.text).match(/\{\w+\}|<(\w+)>.*?<\/\1>|[^{<]+|./gs) ?? []
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence keep their order.
    <Fragment key={index}>{elementOf(part, props.values)}</Fragment>
  ))
}

function elementOf(part: string, values: Record<string, Value>): ReactNode {
  const [, name, tag, text] = /^(?:\{(\w+)\}|<(\w+)>(.*)<\/\2>)$/s.exec(part) ?? []
  const value = values[name ?? tag ?? '']
  if (name !== undefined) return typeof value === 'function' ? value('') : value
  if (tag !== undefined) return typeof value === 'function' ? value(text!) : text
  return part
}
