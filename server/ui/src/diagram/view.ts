import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import type { DiagramState } from './Diagram'

interface DiagramElement {
  id: string
  type: string
  x: number
  y: number
  width: number
  height: number
  parent?: DiagramElement
  labelTarget?: DiagramElement
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The parts of bpmn-js that are used here; it is typed loosely itself. */
interface Services {
  canvas: {
    zoom(level: 'fit-viewport' | number, center?: 'auto'): number
    viewbox(box?: Box): { inner: Box; outer: { width: number; height: number } }
    scrollToElement(element: string, padding: number): void
    resized(): void
    addMarker(element: string, marker: string): void
    removeMarker(element: string, marker: string): void
  }
  overlays: {
    add(element: string, type: string, overlay: { position: Record<string, number>; html: HTMLElement }): string
    remove(filter: { type: string }): void
  }
  elementRegistry: {
    get(id: string): DiagramElement | undefined
    find(matches: (element: DiagramElement) => boolean): DiagramElement | undefined
  }
  eventBus: { on(event: string, listener: (event: { element: DiagramElement }) => void): void }
  zoomScroll: { stepZoom(delta: number): void }
}

type Paint = Pick<DiagramState, 'flows' | 'active' | 'incidents' | 'counts'>
type Words = (key: 'here' | 'incident' | 'done', count?: number) => string

/** Smaller than that, labels can't be read, so a part is shown instead of all of it. */
const READABLE_SCALE = 0.5
const READING_SCALE = 0.75
const MARGIN = 40

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
  private focus: string | undefined
  private moved = false
  /** Between drawing and closing; a view may be closed while it is still being drawn. */
  private drawn = false
  private closed = false

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
    this.resized = new ResizeObserver(() => this.drawn && this.look())
    holder.addEventListener('pointerdown', this.take)
    // The wheel belongs to the page; with Ctrl it zooms.
    holder.addEventListener('wheel', leaveToPage, { capture: true })
  }

  /** Draws a diagram; rejects if that can't be done. */
  async open(xml: string): Promise<void> {
    await this.viewer.importXML(xml)
    if (this.closed) {
      return
    }
    this.drawn = true
    const svg = this.holder.querySelector('.djs-container svg')
    svg?.setAttribute('role', 'img')
    svg?.setAttribute('aria-label', this.title)
    this.look()
    this.resized.observe(this.holder)
  }

  close(): void {
    this.drawn = false
    this.closed = true
    this.resized.disconnect()
    this.holder.removeEventListener('pointerdown', this.take)
    this.holder.removeEventListener('wheel', leaveToPage, { capture: true })
    this.viewer.destroy()
  }

  /** Shows all of it, however small. */
  fit(): void {
    this.take()
    this.part('canvas').resized()
    this.part('canvas').zoom('fit-viewport', 'auto')
  }

  /** Keeps an element in sight for as long as nobody moves the drawing by hand; the start without one. */
  follow(element: string | undefined): void {
    this.focus = element
    if (this.drawn && !this.moved) {
      this.look()
    }
  }

  /** Zooms one step in (1) or out (-1). */
  zoom(step: 1 | -1): void {
    this.take()
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
      canvas.scrollToElement(element, MARGIN)
    }
  }

  /** From now on, somebody has the drawing in their hands. */
  private readonly take = (): void => {
    this.moved = true
  }

  /** Shows all of it if that can be read, else the part around what matters. */
  private look(): void {
    // Nothing fits into a drawing that is hidden; it is looked at again once it has a size.
    if (this.holder.clientWidth === 0 || this.holder.clientHeight === 0) {
      return
    }
    const canvas = this.part('canvas')
    canvas.resized()
    if (canvas.zoom('fit-viewport', 'auto') >= READABLE_SCALE) {
      return
    }
    const { inner, outer } = canvas.viewbox()
    const registry = this.part('elementRegistry')
    const at =
      (this.focus === undefined ? undefined : registry.get(this.focus)) ??
      registry.find((element) => element.type === 'bpmn:StartEvent')
    if (at !== undefined) {
      const width = outer.width / READING_SCALE
      const height = outer.height / READING_SCALE
      canvas.viewbox({
        x: within(at.x + at.width / 2, width, inner.x, inner.width),
        y: within(at.y + at.height / 2, height, inner.y, inner.height),
        width,
        height,
      })
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

/** Where a window of a size begins that has a point in its middle but shows no more of the void than it must. */
function within(point: number, size: number, from: number, length: number): number {
  if (size >= length + 2 * MARGIN) {
    return from + length / 2 - size / 2
  }
  return Math.min(Math.max(point - size / 2, from - MARGIN), from + length + MARGIN - size)
}

function leaveToPage(event: WheelEvent): void {
  if (!event.ctrlKey && !event.metaKey) {
    event.stopPropagation()
  }
}
