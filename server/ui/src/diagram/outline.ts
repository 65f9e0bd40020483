/** What an element is, as people tell elements apart. */
export type ElementKind = 'event' | 'task' | 'step' | 'approval' | 'gateway' | 'subprocess' | 'call'

/** An element of a diagram as a line of a list. */
export interface OutlineItem {
  id: string
  name: string | undefined
  kind: ElementKind
  /** How deep inside sub-processes it lies, from 0. */
  level: number
}

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'

const KINDS: Readonly<Record<string, ElementKind>> = {
  startEvent: 'event',
  endEvent: 'event',
  intermediateCatchEvent: 'event',
  intermediateThrowEvent: 'event',
  boundaryEvent: 'event',
  serviceTask: 'step',
  sendTask: 'step',
  userTask: 'approval',
  task: 'task',
  manualTask: 'task',
  scriptTask: 'task',
  businessRuleTask: 'task',
  receiveTask: 'task',
  exclusiveGateway: 'gateway',
  inclusiveGateway: 'gateway',
  parallelGateway: 'gateway',
  eventBasedGateway: 'gateway',
  subProcess: 'subprocess',
  adHocSubProcess: 'subprocess',
  transaction: 'subprocess',
  callActivity: 'call',
}

/** The elements of a BPMN diagram in the order in which a run comes by; what no flow leads to is last. */
export function outlineOf(xml: string): OutlineItem[] {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  return [...document.getElementsByTagNameNS(BPMN, 'process')].flatMap((process) => scope(process, 0))
}

function scope(parent: Element, level: number): OutlineItem[] {
  const children = [...parent.children].filter((child) => child.namespaceURI === BPMN)
  const nodes = new Map(children.filter((child) => child.localName in KINDS).map((child) => [child.id, child]))
  const next = new Map<string, string[]>()
  const link = (from: string | null, to: string | null) => {
    if (from !== null && to !== null) {
      next.set(from, [...(next.get(from) ?? []), to])
    }
  }
  for (const child of children) {
    if (child.localName === 'sequenceFlow') {
      link(child.getAttribute('sourceRef'), child.getAttribute('targetRef'))
    } else if (child.localName === 'boundaryEvent') {
      link(child.getAttribute('attachedToRef'), child.id)
    }
  }
  const starts = [...nodes.values()].filter((node) => node.localName === 'startEvent').map((node) => node.id)
  const ordered = walk([...starts, ...nodes.keys()], next)
  return ordered.flatMap((id) => {
    const node = nodes.get(id)
    const kind = node && KINDS[node.localName]
    if (node === undefined || kind === undefined) {
      return []
    }
    const inside = kind === 'subprocess' ? scope(node, level + 1) : []
    return [{ id, name: node.getAttribute('name')?.trim() || undefined, kind, level }, ...inside]
  })
}

/** Breadth first, so that what happens side by side stays together. */
function walk(from: readonly string[], next: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>()
  for (const start of from) {
    const queue = [start]
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      if (!seen.has(id)) {
        seen.add(id)
        queue.push(...(next.get(id) ?? []))
      }
    }
  }
  return [...seen]
}
