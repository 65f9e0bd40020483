import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import type { DiagramState } from './Diagram'

interface DiagramElement {
  id: string
  type: string
  parent?: DiagramElement
  labelTarget?: DiagramElement
}

/** The parts of bpmn-js that are used here; it is typed loosely itself. */
interface Services {
  canvas: {
    zoom(level: 'fit-viewport' | number, center?: 'auto'): number
    resized(): void
    addMarker(element: string, marker: string): void
    removeMarker(element: string, marker: string): void
  }
  overlays: {
    add(element: string, type: string, overlay: { position: Record<string, number>; html: HTMLElement }): string
    remove(filter: { type: string }): void
  }
  elementRegistry: { get(id: string): DiagramElement | undefined }
  eventBus: { on(event: string, listener: (event: { element: DiagramElement }) => void): void }
  zoomScroll: { stepZoom(delta: number): void }
}

type Paint = Pick<DiagramState, 'flows' | 'active' | 'incidents' | 'counts'>
type Words = (key: 'here' | 'incident' | 'done', count?: number) => string

const OVERLAY = 'segue'
const MARKERS = ['segue-done', 'segue-active', 'segue-incident', 'segue-taken'] as const
const SELECTED = 'segue-selected'

const COLORS = {
  light: { defaultFillColor: '#ffffff', defaultStrokeColor: '#57534b', defaultLabelColor: '#1c2427' },
  dark: { defaultFillColor: '#1f3038', defaultStrokeColor: '#9aacb2', defaultLabelColor: '#dbe4e7' },
}

/** A bpmn-js viewer that shows where a run is and which way it took. */
export class DiagramView {
  private readonly viewer: NavigatedViewer
  private readonly resized: ResizeObserver
  private marked: [string, string][] = []
  private selected: string | undefined
  private drawn = false

  constructor(
    private readonly holder: HTMLElement,
    dark: boolean,
    private readonly title: string,
    onSelect: (element: string | undefined) => void,
  ) {
    this.viewer = new NavigatedViewer({
      container: holder,
      ...{ bpmnRenderer: dark ? COLORS.dark : COLORS.light },
    })
    this.part('eventBus').on('element.click', ({ element }) => onSelect(selectable(element)))
    this.resized = new ResizeObserver(() => this.drawn && this.fit())
    // The wheel belongs to the page; with Ctrl it zooms.
    holder.addEventListener('wheel', leaveToPage, { capture: true })
  }

  /** Draws a diagram; rejects if that can't be done. */
  async open(xml: string): Promise<void> {
    await this.viewer.importXML(xml)
    this.drawn = true
    const svg = this.holder.querySelector('.djs-container svg')
    svg?.setAttribute('role', 'img')
    svg?.setAttribute('aria-label', this.title)
    this.fit()
    this.resized.observe(this.holder)
  }

  close(): void {
    this.drawn = false
    this.resized.disconnect()
    this.holder.removeEventListener('wheel', leaveToPage, { capture: true })
    this.viewer.destroy()
  }

  fit(): void {
    this.part('canvas').resized()
    this.part('canvas').zoom('fit-viewport', 'auto')
  }

  /** Zooms one step in (1) or out (-1). */
  zoom(step: 1 | -1): void {
    this.part('zoomScroll').stepZoom(step)
  }

  /** Shows what happened. Elements that the diagram doesn't have are passed over. */
  paint({ flows = {}, active = [], incidents = [], counts = {} }: Paint, words: Words): void {
    if (!this.drawn) {
      return
    }
    const canvas = this.part('canvas')
    this.part('overlays').remove({ type: OVERLAY })
    this.marked.forEach(([id, marker]) => canvas.removeMarker(id, marker))
    this.marked = []
    const mark = (id: string, marker: (typeof MARKERS)[number]) => {
      if (this.has(id)) {
        canvas.addMarker(id, marker)
        this.marked.push([id, marker])
      }
    }
    Object.keys(flows).forEach((id) => mark(id, 'segue-taken'))
    for (const [id, count] of Object.entries(counts)) {
      mark(id, 'segue-done')
      if (count > 1) {
        this.badge(id, 'segue-count', `${count}×`, words('done', count))
      }
    }
    active.forEach((id) => {
      mark(id, 'segue-active')
      this.badge(id, 'segue-here', '', words('here'))
    })
    incidents.forEach((id) => {
      mark(id, 'segue-incident')
      this.badge(id, 'segue-alert', '!', words('incident'))
    })
  }

  select(element: string | undefined): void {
    if (!this.drawn) {
      return
    }
    const canvas = this.part('canvas')
    if (this.selected !== undefined && this.has(this.selected)) {
      canvas.removeMarker(this.selected, SELECTED)
    }
    this.selected = element
    if (element !== undefined && this.has(element)) {
      canvas.addMarker(element, SELECTED)
    }
  }

  private badge(id: string, className: string, text: string, title: string): void {
    if (!this.has(id)) {
      return
    }
    const html = document.createElement('div')
    html.className = `segue-badge ${className}`
    html.textContent = text
    html.title = title
    const position: Record<string, number> = className === 'segue-count' ? { bottom: 10, right: 12 } : { top: -12, right: 12 }
    this.part('overlays').add(id, OVERLAY, { position, html })
  }

  private has(id: string): boolean {
    return this.drawn && this.part('elementRegistry').get(id) !== undefined
  }

  private part<K extends keyof Services>(name: K): Services[K] {
    return this.viewer.get<Services[K]>(name)
  }
}

/** What a click means: labels stand for their element; flows and the empty canvas for none. */
function selectable(element: DiagramElement): string | undefined {
  const meant = element.labelTarget ?? element
  return meant.parent === undefined || meant.type === 'bpmn:SequenceFlow' || meant.type === 'bpmn:Participant'
    ? undefined
    : meant.id
}

function leaveToPage(event: WheelEvent): void {
  if (!event.ctrlKey && !event.metaKey) {
    event.stopPropagation()
  }
}
