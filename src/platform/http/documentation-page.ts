import { Html, html } from '../html'
import { getDocumentationScript } from './schema'

type Schema = Record<string, unknown>
interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}
interface Operation {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>
}
export interface ApiDocument {
  info: { title: string; description?: string }
  paths: Record<string, Record<string, Operation>>
}

/** The pages' only script: it applies the portal's choice of light or dark. */
export const schemeScript = `try{const chosen=localStorage.getItem('mantine-color-scheme-value')
if(chosen==='light'||chosen==='dark')document.documentElement.style.colorScheme=chosen}catch{}
`

/** The portal's colours, for a page that loads none of its code. */
const style = `:root{color-scheme:light dark;--ground:light-dark(#faf9f6,#161513);--surface:light-dark(#fff,#1d1c1a);--text:light-dark(#25231f,#e8e5de);--dimmed:light-dark(#57534a,#b5b0a6);--line:light-dark(#d9d5ca,#4d4b46);--green:light-dark(#1f6b54,#6db598)}
@media print{:root{color-scheme:light!important}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:64rem;margin:0 auto;padding:2rem 1rem 4rem}a{color:var(--green)}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;list-style:none}nav a{display:inline-block;padding:.25rem 0}
h2{margin-top:3rem}details{background:var(--surface);border:1px solid var(--line);border-radius:10px;margin:.5rem 0}summary{padding:.75rem 1rem;cursor:pointer}
summary b{display:inline-block;min-width:4.2rem;color:var(--green)}details>div{padding:0 1rem 1rem;border-top:1px solid var(--line)}summary span{color:var(--dimmed)}
h3{font-size:1rem;margin:1.25rem 0 .25rem}dl{margin:0}dt{font-family:ui-monospace,monospace;margin-top:.5rem}dd{margin:0 0 0 1.25rem;white-space:pre-line}
code{font-family:ui-monospace,monospace}pre{margin:.25rem 0;padding:.75rem;border:1px solid var(--line);border-radius:8px;white-space:pre-wrap}:focus-visible{outline:2px solid var(--green);outline-offset:2px}`

/** All endpoints on one page, built from the OpenAPI document. It works without its script. */
export function documentationPage({ info, paths }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  )
  const tags = [...new Set(operations.map(({ tags }) => tags?.[0] ?? 'Others'))]
  const anchor = (tag: string) => tag.toLowerCase().replace(/\W+/g, '-')
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${info.title} API</title><style>${new Html(style)}</style><script src="${getDocumentationScript.path}"></script></head>
<body><main><p><a href="/">Back to ${info.title}</a></p><h1>${info.title} API</h1><p>${marked(info.description ?? '')}</p>
<p>For programs: <a href="/api/openapi.json">OpenAPI 3.1</a>. The codes of refusals: <a href="/docs/errors">Problems</a>.</p>
<nav aria-label="Parts"><ul>${tags.map((tag) => html`<li><a href="#${anchor(tag)}">${tag}</a></li>`)}</ul></nav>
${tags.map(
  (tag) => html`<section aria-labelledby="${anchor(tag)}"><h2 id="${anchor(tag)}">${tag}</h2>
${operations.filter(({ tags }) => (tags?.[0] ?? 'Others') === tag).map(inFull)}</section>`,
)}
</main></body></html>`.text
}

/** Text between backticks is code. */
const marked = (text: string): Html[] =>
  text.split('`').map((part, place) => (place % 2 ? html`<code>${part}</code>` : html`${part}`))

function inFull(operation: Operation & { path: string; method: string }): Html {
  const {
    path,
    method,
    operationId,
    summary = '',
    description = '',
    parameters = [],
    requestBody,
    responses,
  } = operation
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return html`<details id="${operationId}"><summary><b>${method}</b> <code>${path}</code><br><span>${marked(summary)}</span></summary><div>
<p>${marked(description)}</p>
${parameters.length > 0 ? html`<h3>Parameters</h3><dl>${parameters.map(inRow)}</dl>` : ''}
${body ? html`<h3>Body</h3>${asJson(body)}` : ''}
<h3>Answers</h3><dl>${Object.entries(responses).map(([status, response]) => answerOf(status, response))}</dl></div></details>`
}

const inRow = ({ name, required, description = '', schema, ...parameter }: Parameter): Html =>
  html`<dt>${name}</dt><dd>In the ${parameter.in}${required ? ', required' : ''}${schema?.type ? `, ${String(schema.type)}` : ''}. ${marked(description)}</dd>`

/** All problems have the same shape; their codes are in the sentence. */
function answerOf(status: string, { description, content = {} }: Operation['responses'][string]): Html {
  const schema = content['application/json']?.schema
  return html`<dt>${status}</dt><dd>${marked(description)}${schema ? asJson(schema) : ''}</dd>`
}

const asJson = (schema: Schema): Html => html`<pre>${marked(JSON.stringify(schema, null, 2))}</pre>`
