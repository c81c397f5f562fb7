import { encode } from 'uqr'
import { t } from '../../src/platform/messages/t'
import classes from './code-window.module.css'

/** The link as a QR code. Black on white in both themes: many cameras read nothing else. */
export function LinkPicture(props: { link: string; label?: string }) {
  const { data, size } = encode(props.link, { ecc: 'M', border: 3 })
  const modules = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={props.label ?? t('QR code of the link')}
    >
      <path d={modules} fill="#000" />
    </svg>
  )
}
