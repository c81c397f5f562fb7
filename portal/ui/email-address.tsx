/** An e-mail address. If it needs two lines, the second begins with the @. */
export function EmailAddress(props: { address: string; strong?: boolean }) {
  const Element = props.strong ? 'b' : 'span'
  const at = props.address.lastIndexOf('@')
  return (
    <Element>
      {props.address.slice(0, at)}
      <wbr />
      {props.address.slice(at)}
    </Element>
  )
}
