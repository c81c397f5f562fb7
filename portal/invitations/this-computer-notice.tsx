import { Callout } from '../ui/callout'

const thisComputer = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/

/** A site that is being tried out has an address that only this computer knows. */
export function ThisComputerNotice(props: { link: string }) {
  if (!thisComputer.test(new URL(props.link).hostname)) return null
  return (
    <Callout title="This link works on this computer only">
      Other people’s devices can’t open it. Before you share it, an operator has to set BASE_URL to the address that
      people use for this site. The code itself works anywhere.
    </Callout>
  )
}
