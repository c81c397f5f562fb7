export interface JupyterHub {
  /** The Python that has JupyterHub, as `python -m jupyterhub`. */
  python: string
  /** The script of configurable-http-proxy, for Node. */
  proxy: string
}
/** Downloads what is missing; throws a sentence that says what to do. */
export function ensureJupyterHub(say?: (message: string) => void): JupyterHub
