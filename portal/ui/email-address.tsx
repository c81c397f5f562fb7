/** An e-mail address. If it needs two lines, the second begins with the @. */
export function EmailAddress(props: { address: string }) {
  const at = props.address.lastIndexOf('@')
  return (
    <span>
      {props.address.slice(0, at)}
      <wbr />
      {props.address.slice(at)}
    </span>
  )
}
